import { fixture, html } from '@open-wc/testing';
import type { PropertyDeclarations } from 'lit';
import type { Section, SectionHost, Shown } from '../../../src/elements/instance/section.js';
import { instanceStyles } from '../../../src/elements/instance/instance.styles.js';
import { SessionElement } from '../../../src/elements/session-element.js';
import { ComputeClient, type Server } from '../../../src/openstack/compute.js';
import { serversOf } from '../../../src/session/collections.js';
import { addStyles } from '../../../src/ui/add-styles.js';
import { eventually, type StoryCloud } from '../../../stories/cloud.js';

/** One section of the details alone, as their element holds it. */
export class SectionBox extends SessionElement implements SectionHost {
  static override readonly tag = 'test-section-box';
  static override styles = [instanceStyles];
  static override properties: PropertyDeclarations = { shown: { attribute: false } };
  declare shown: Shown;
  section: Section | undefined;

  open(make: (host: SectionHost) => Section): void {
    this.section?.hide();
    this.section = make(this);
    addStyles(this, this.section.styles ?? []);
    this.section.show();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.section?.hide();
  }

  protected override render(): unknown {
    return this.section?.render();
  }
}
SectionBox.define();

export async function serverNamed({ cloud }: StoryCloud, name: string): Promise<string> {
  const found = cloud.state.regions
    .flatMap(({ servers }) => [...servers.values()])
    .find((each) => each.name === name);
  if (!found) throw new Error(`no server ${name}`);
  return Promise.resolve(found.id);
}

export async function showSection(
  story: StoryCloud,
  name: string,
  make: (host: SectionHost) => Section,
  more: Partial<Shown> = {},
): Promise<SectionBox> {
  const connection = story.session.current;
  if (!connection) throw new Error('nobody is signed in');
  const server: Server = await connection.client(ComputeClient).server(await serverNamed(story, name));
  const box = await fixture<SectionBox>(
    html`<test-section-box .session=${story.session}></test-section-box>`,
  );
  box.shown = {
    connection,
    server,
    servers: serversOf(connection),
    rights: { signedIn: true, canAct: true, passesLocks: false },
    gone: false,
    act: () => Promise.resolve(),
    ...more,
  };
  box.open(make);
  await box.updateComplete;
  return box;
}

export const textOf = (box: SectionBox): string => box.renderRoot.textContent.replace(/\s+/g, ' ');

export function buttonOf(box: SectionBox, name: string): HTMLButtonElement {
  const found = [...box.renderRoot.querySelectorAll('button')].find(
    (each) => each.textContent.trim() === name || each.getAttribute('aria-label') === name,
  );
  if (!found) throw new Error(`no button is named ${name}`);
  return found;
}

export async function says(box: SectionBox, text: string): Promise<void> {
  await eventually(() => textOf(box).includes(text), `it says ${text}; it says ${textOf(box).slice(0, 500)}`);
}

export async function search(box: SectionBox, text: string): Promise<HTMLInputElement> {
  const field = box.renderRoot.querySelector<HTMLInputElement>('input[type=search]');
  if (!field) throw new Error('there is no search');
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await box.updateComplete;
  return field;
}
