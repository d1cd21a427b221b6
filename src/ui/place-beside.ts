import { directionOf } from '../i18n/locale.js';

/**
 * Puts a popover under (or over) its trigger, inside the window. By hand rather than by CSS anchors, which not
 * all supported browsers have; `position: fixed` in the top layer counts from the window whatever is around it.
 */
export function placeBeside(popover: HTMLElement, trigger: HTMLElement, gap = 4): void {
  const view = popover.ownerDocument.defaultView;
  if (!view) return;
  const anchor = trigger.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const { clientWidth, clientHeight } = popover.ownerDocument.documentElement;
  const below = clientHeight - anchor.bottom - gap;
  const top = below >= height || below >= anchor.top - gap ? anchor.bottom + gap : anchor.top - gap - height;
  // A trigger in the end half of its line opens towards the start, so the menu stays over its row.
  const rtl = directionOf(popover) === 'rtl';
  const middle = anchor.left + anchor.width / 2;
  const alignRight = rtl ? middle > clientWidth / 3 : middle > (clientWidth * 2) / 3;
  const left = alignRight ? anchor.right - width : anchor.left;
  const clamp = (value: number, most: number) => Math.max(gap, Math.min(value, most - gap));
  popover.style.setProperty('left', `${String(clamp(left, clientWidth - width))}px`);
  popover.style.setProperty('top', `${String(clamp(top, clientHeight - height))}px`);
}
