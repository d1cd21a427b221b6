import { eventually, signedIn } from '../../../stories/cloud.js';
import type { ExoLaunchWizard } from '../../../src/elements/launch-wizard/launch-wizard.js';
import { button, open, showReady, state } from './wizard.js';

const demo = (options: Parameters<typeof signedIn>[0] = {}) => signedIn({ seed: 'demo', ...options });

/** Where the keyboard is, by id, label or text. */
function focused(wizard: ExoLaunchWizard): string {
  const at = wizard.shadowRoot?.activeElement;
  return at?.id || at?.getAttribute('aria-label') || at?.textContent.trim() || '';
}

const isAt = (wizard: ExoLaunchWizard, place: string) =>
  eventually(() => focused(wizard) === place, `the keyboard is at ${place}, not at ${focused(wizard)}`);

/** As by Enter. */
function press(wizard: ExoLaunchWizard, name: string): void {
  const found = button(wizard, name);
  found.focus();
  found.click();
}

describe('the keyboard in <exo-launch-wizard>', () => {
  for (const { part, add, first, remove, back } of [
    {
      part: 'network',
      add: 'More ports',
      first: 'open-protocol-2',
      remove: 'Remove Port or range',
      back: 'More ports',
    },
    {
      part: 'storage',
      add: 'Add a volume',
      first: 'data-size-0',
      remove: 'Remove Volume 1',
      back: 'Add a volume',
    },
    {
      part: 'advanced',
      add: 'Add Metadata',
      first: 'metadata-key-0',
      remove: 'Remove Metadata 1',
      back: 'Add Metadata',
    },
  ]) {
    it(`goes into a new row of ${part}, and back to its button when the row goes`, async () => {
      const wizard = await showReady(await demo());
      await open(wizard, part);
      press(wizard, add);
      await isAt(wizard, first);
      press(wizard, remove);
      await isAt(wizard, back);
    });
  }

  it('is led to what is missing by a button that names it', async () => {
    const wizard = await showReady(await demo());
    await open(wizard, 'count');
    const count = wizard.renderRoot.querySelector<HTMLInputElement>('#count-number');
    if (count) {
      count.value = '40';
      count.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    }
    wizard.renderRoot.querySelector<HTMLElement>('#count summary')?.click();
    await eventually(() => !wizard.openParts.has('count'), 'it is closed');
    press(wizard, 'Show “How many”');
    await eventually(
      () =>
        wizard.openParts.has('count') &&
        wizard.shadowRoot?.activeElement === wizard.renderRoot.querySelector('#count summary'),
      'it is open, and the keyboard is there',
    );
  });

  it('goes to the heading when the private key was saved and its buttons go', async () => {
    const wizard = await showReady(await signedIn({ buildSeconds: 0 }));
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    press(wizard, 'I have saved it');
    await isAt(wizard, 'run-heading');
  });
});
