import { html, nothing, type TemplateResult } from 'lit';
import { instanceDetailMessages as messages } from '../../../i18n/en/instance-details.js';
import { instanceListMoreMessages as moreMessages } from '../../../i18n/en/instance-list-more.js';
import { exosphereOrigin } from '../../../launch/exosphere/origin.js';
import type { Flavor, Server } from '../../../openstack/compute.js';
import type { Image } from '../../../openstack/image.js';
import { flavorsOf, imagesOf } from '../../../session/collections.js';
import { copyButton } from '../../../ui/copy-button.js';
import { notice } from '../../../ui/notice.js';
import { faultKind } from '../../instance-list/fault.js';
import { imageWords, sizeWords } from '../../instance-list/words.js';
import { costPerHour, costText } from '../../instances/prices.js';
import { isPartial } from '../attention.js';
import { actionOf, Beside, fact } from '../parts.js';
import { Prepared } from '../prepared.js';
import type { Section, SectionHost } from '../section.js';

/** So many tags and entries of metadata stand in the page at once; the others on demand. */
const MANY = 100;

/** What it is: its description, what it was made from, by whom, and what people have noted about it. */
class Overview implements Section {
  readonly #host: SectionHost;
  readonly #images: Beside<Image>;
  readonly #flavors: Beside<Flavor> | undefined;
  readonly #prepared: Prepared;
  #all = false;

  constructor(host: SectionHost) {
    this.#host = host;
    this.#images = new Beside(host, imagesOf);
    this.#prepared = new Prepared(host);
    const { flavor } = host.shown.server;
    // Sizes are listed only for clouds that do not tell them with the server: up to microversion 2.46.
    if (flavor.vcpus === undefined && flavor.id !== undefined) this.#flavors = new Beside(host, flavorsOf);
  }

  show(): void {
    this.#images.show();
    this.#prepared.show();
    this.#flavors?.show();
  }

  hide(): void {
    this.#images.hide();
    this.#prepared.hide();
    this.#flavors?.hide();
  }

  render(): TemplateResult {
    const host = this.#host;
    const { localizer } = host;
    const { server } = host.shown;
    return html`${server.status === 'ERROR' || server.fault ? this.#fault(server) : nothing}
      ${this.#prepared.view?.status() ?? this.#prepared.failure} ${this.#description(server)}
      <dl class="facts">${this.#facts(server)}</dl>
      ${this.#notes(server, localizer.text(messages, 'tags'), 'tags')}
      ${this.#notes(server, localizer.text(messages, 'metadata'), 'metadata')}`;
  }

  #fault({ fault }: Server): TemplateResult {
    const { localizer } = this.#host;
    const message = fault?.message.trim() ?? '';
    const kind = fault ? faultKind(message) : 'other';
    return notice({
      tone: 'error',
      heading: localizer.text(moreMessages, 'faultHeading'),
      text: localizer.text(moreMessages, fault ? `fault-${kind}` : 'faultUnknown'),
      helps: localizer.text(moreMessages, `fault-${kind}-helps`),
      more:
        message === ''
          ? nothing
          : html`<p class="notice-detail">
              ${localizer.text(messages, 'cloudSays')}: <q dir="auto">${message}</q>
            </p>`,
    });
  }

  #description({ description }: Server): TemplateResult {
    const { localizer } = this.#host;
    return html`<div class="section-head">
      ${
        description
          ? html`<p><bdi>${description}</bdi></p>`
          : html`<p class="quiet-text">${localizer.text(messages, 'noDescription')}</p>`
      }
      ${actionOf(this.#host, 'describe', localizer.text(messages, description ? 'editDescription' : 'addDescription'))}
    </div>`;
  }

  #facts(server: Server): readonly TemplateResult[] {
    const host = this.#host;
    const { localizer, shown } = host;
    const { id, created, launchedAt, keyName, availabilityZone, imageId } = server;
    const image = imageWords(localizer, server, {
      byId: new Map(this.#images.rows.map((row) => [row.id, row])),
      state: this.#images.settled ? 'complete' : 'pending',
    });
    // Of a part of the cloud that is down, nothing can be told from a missing image.
    const imageText = isPartial(server)
      ? localizer.text(messages, 'notTold')
      : image.kind === 'pending'
        ? localizer.text(messages, 'loading')
        : image.text;
    const flavors = new Map((this.#flavors?.rows ?? []).map((row) => [row.id, row] as const));
    const size = sizeWords(localizer, server, flavors);
    const disk = server.flavor.disk ?? flavors.get(server.flavor.id ?? '')?.disk;
    const copy = (value: string, what: string) => copyButton(host, { value, what });
    return [
      fact(
        localizer.text(messages, 'image'),
        html`<bdi>${imageText}</bdi> ${
            imageId === undefined ? nothing : copy(imageId, localizer.text(messages, 'copyImageId'))
          }`,
      ),
      fact(
        localizer.text(messages, 'size'),
        html`<bdi>${size.name}</bdi>
          <span class="about"
            >${[size.detail, disk ? localizer.text(messages, 'disk', { disk }) : ''].filter(Boolean).join(', ')}</span
          >`,
      ),
      ...(created
        ? [
            fact(
              localizer.text(messages, 'created'),
              html`<time datetime=${created}>${localizer.wording.date(created)}</time>`,
            ),
          ]
        : []),
      ...this.#creator(server),
      ...(this.#prepared.view?.facts() ?? []),
      ...(launchedAt
        ? [
            fact(
              localizer.text(messages, 'launched'),
              html`<time datetime=${launchedAt}>${localizer.wording.date(launchedAt)}</time>`,
            ),
          ]
        : []),
      ...this.#cost(server),
      ...(keyName ? [fact(localizer.text(messages, 'keypair'), html`<bdi>${keyName}</bdi>`)] : []),
      ...(availabilityZone
        ? [fact(localizer.text(messages, 'zone'), html`<bdi>${availabilityZone}</bdi>`)]
        : []),
      fact(localizer.text(messages, 'project'), html`<bdi>${shown.connection.project.name}</bdi>`),
      ...(shown.connection.region && shown.connection.regions.length > 1
        ? [fact(localizer.text(messages, 'region'), html`<bdi>${shown.connection.region}</bdi>`)]
        : []),
      fact(
        localizer.text(messages, 'id'),
        html`<code dir="ltr">${id}</code> ${copy(id, localizer.text(messages, 'copyId'))}`,
      ),
    ];
  }

  /** The cloud tells members no names but their own: one comes from the portal, or stands on what Exosphere made. */
  #creator({ userId = '', metadata }: Server): readonly TemplateResult[] {
    const host = this.#host;
    const { localizer, shown } = host;
    const { user } = shown.connection;
    const name = shown.people?.[userId] ?? exosphereOrigin(metadata)?.creator;
    if (userId === '' && name === undefined) return [];
    const value =
      userId === user.id
        ? localizer.text(messages, 'you', { name: user.name })
        : name === undefined
          ? html`<code>${userId}</code>
              ${copyButton(host, { value: userId, what: localizer.text(messages, 'copyUserId') })}`
          : html`<bdi>${name}</bdi>`;
    return [fact(localizer.text(messages, 'createdBy'), value)];
  }

  #cost(server: Server): readonly TemplateResult[] {
    const { localizer, shown } = this.#host;
    const perHour = costPerHour(shown.prices, server);
    if (perHour === undefined || !shown.prices) return [];
    const cost = costText(localizer.locale, shown.prices.currency, perHour);
    return [
      fact(
        localizer.text(messages, 'cost'),
        perHour === 0 ? localizer.text(messages, 'costsNothing') : localizer.text(messages, 'costs', cost),
      ),
    ];
  }

  #notes(server: Server, heading: string, kind: 'tags' | 'metadata'): TemplateResult {
    const { localizer } = this.#host;
    const all =
      kind === 'tags'
        ? server.tags.map((tag) => html`<li class="tag"><bdi>${tag}</bdi></li>`)
        : Object.entries(server.metadata).map(([key, value]) =>
            fact(key, html`<bdi class="metadata">${value}</bdi>`),
          );
    const some = this.#all ? all : all.slice(0, MANY);
    return html`<div class="section-head">
        <h3 class="subheading">${heading}</h3>
        ${actionOf(this.#host, kind, localizer.text(messages, kind === 'tags' ? 'editTags' : 'editMetadata'))}
      </div>
      ${
        all.length === 0
          ? html`<p class="quiet-text">
              ${localizer.text(messages, kind === 'tags' ? 'noTags' : 'noMetadata')}
            </p>`
          : kind === 'tags'
            ? html`<ul class="tags" tabindex="0" aria-label=${heading}>
                ${some}
              </ul>`
            : html`<dl class="facts">${some}</dl>`
      }
      ${
        some.length < all.length
          ? html`<button
              type="button"
              class="small quiet"
              @click=${() => {
                this.#all = true;
                this.#host.requestUpdate();
              }}
            >
              ${localizer.text(messages, 'showAll', { count: all.length })}
            </button>`
          : nothing
      }`;
  }
}

export const create = (host: SectionHost): Section => new Overview(host);
