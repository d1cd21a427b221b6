/**
 * Where the keyboard goes on after a click that adds a row or takes one away: into the new row, or to the button that
 * adds one, for that which was clicked may be gone. Call it in the click, after the change.
 */
export function followRow(event: Event, what: 'added' | 'removed'): void {
  const clicked = event.currentTarget;
  const place = clicked instanceof HTMLElement && clicked.closest('.group, .pairs');
  if (!place) return;
  // What has changed is drawn by then.
  requestAnimationFrame(() => {
    const rows = place.querySelectorAll(':scope > :is(.port, .removable)');
    const next =
      what === 'added'
        ? rows[rows.length - 1]?.querySelector<HTMLElement>('input, select')
        : place.querySelector<HTMLElement>(':scope > button.small');
    next?.focus();
  });
}
