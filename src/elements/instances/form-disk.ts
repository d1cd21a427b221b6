import { html } from 'lit';
import { instanceActionMessages as messages } from '../../i18n/en/instance-actions.js';
import type { ComputeLimits, Flavor } from '../../openstack/compute.js';
import { ImageClient, type Image } from '../../openstack/image.js';
import { Secret } from '../../openstack/secret.js';
import {
  rebuildServer,
  rescueServer,
  resizeServer,
  setPassword,
  snapshotServer,
} from '../../openstack/server-actions.js';
import { choiceCards } from '../../ui/choice.js';
import { copyButton } from '../../ui/copy-button.js';
import { passwordField, selectField, textField } from '../../ui/field.js';
import { formDialog } from './form-dialog.js';
import { imageFits, sizeRefusal, type SizeRefusal } from './form-values.js';
import type { FormContext } from './form.js';
import { all } from './rows.js';

/** An image of its disk. */
export function snapshotForm({
  place,
  server,
  compute,
  target,
  localizer,
  ...o
}: FormContext): Promise<boolean> {
  const date = new Date(place.connection.environment.clock.now()).toISOString().slice(0, 10);
  let name = localizer.text(messages, 'imageNameFor', { name: server.name, date }).slice(0, 255).trim();
  return formDialog(o.host, {
    ...o,
    intro: localizer.text(messages, 'snapshotIntro'),
    verb: () => o.label,
    fields: () =>
      textField(localizer, {
        id: 'image-name',
        label: localizer.text(messages, 'imageName'),
        value: name,
        maxLength: 255,
        onInput: (value) => (name = value),
      }),
    submit: async () => {
      name = name.trim();
      await place.servers.act(place.id, {}, () => snapshotServer(compute, target, name));
      return 'close';
    },
  });
}

/** Another size. */
export function resizeForm({
  place,
  server,
  compute,
  target,
  localizer,
  ...o
}: FormContext): Promise<boolean> {
  let flavors: readonly Flavor[] = [];
  let limits: ComputeLimits | undefined;
  let chosen = '';
  const say = (no: SizeRefusal): string => {
    switch (no.why) {
      case 'sizeDisk':
        return localizer.text(messages, no.why, { disk: no.disk });
      case 'sizeCores':
      case 'sizeRam':
        return localizer.text(messages, no.why, { left: no.left });
      default:
        return localizer.text(messages, no.why);
    }
  };
  const refusalOf = (flavor: Flavor) => sizeRefusal(flavor, server, limits);
  return formDialog(o.host, {
    ...o,
    intro: localizer.text(messages, 'resizeIntro'),
    verb: () => o.label,
    load: async (signal) => {
      [flavors, limits] = await Promise.all([
        all(compute.flavors({ signal })),
        // Without them the cloud says what is too large.
        compute.limits({ signal }).catch(() => undefined),
      ]);
      flavors = [...flavors].sort((a, b) => a.vcpus - b.vcpus || a.ram - b.ram || a.disk - b.disk);
      chosen = flavors.find((flavor) => !refusalOf(flavor))?.id ?? '';
    },
    fields: (update) =>
      choiceCards({
        name: 'instance-size',
        label: localizer.text(messages, 'sizes'),
        value: chosen,
        choices: flavors.map((flavor) => {
          const no = refusalOf(flavor);
          return {
            value: flavor.id,
            title: flavor.name,
            note: localizer.text(messages, 'sizeOf', flavor),
            reason: no && say(no),
          };
        }),
        onChange: (value) => {
          chosen = value;
          update();
        },
      }),
    submit: async () => {
      if (chosen === '') return 'again';
      await place.servers.act(place.id, { pending: 'resizing' }, () => resizeServer(compute, target, chosen));
      return 'close';
    },
  });
}

/** Its disk anew from an image. */
export function rebuildForm({
  place,
  server,
  compute,
  target,
  localizer,
  ...o
}: FormContext): Promise<boolean> {
  let images: readonly Image[] = [];
  let chosen = server.imageId ?? '';
  return formDialog(o.host, {
    ...o,
    intro: localizer.text(messages, 'rebuildIntro'),
    verb: () => o.label,
    danger: true,
    load: async (signal) => {
      const found = await all(place.connection.client(ImageClient).images({ signal }));
      images = found.filter(({ status }) => status === 'active');
      const fitting = images.filter((image) => imageFits(image, server.flavor));
      if (!fitting.some(({ id }) => id === chosen)) chosen = fitting[0]?.id ?? '';
    },
    fields: (update) =>
      selectField(localizer, {
        id: 'instance-image',
        label: localizer.text(messages, 'image'),
        value: chosen,
        options: images.map((image) => {
          const fits = imageFits(image, server.flavor);
          const name = image.name === '' ? image.id : image.name;
          return {
            value: image.id,
            label: fits ? name : localizer.text(messages, 'imageTooLarge', { name }),
            disabled: !fits,
          };
        }),
        onChange: (value) => {
          chosen = value;
          update();
        },
      }),
    submit: async () => {
      if (chosen === '') return 'again';
      const change = { pending: 'rebuilding', imageId: chosen } as const;
      await place.servers.act(place.id, change, () => rebuildServer(compute, target, chosen));
      return 'close';
    },
  });
}

/** Another disk to start from. */
export function rescueForm({
  place,
  server,
  compute,
  target,
  localizer,
  ...o
}: FormContext): Promise<boolean> {
  let images: readonly Image[] = [];
  let chosen = '';
  let password: string | undefined;
  return formDialog(o.host, {
    ...o,
    intro: localizer.text(messages, 'rescueIntro'),
    verb: () => o.label,
    load: async (signal) => {
      // It can be rescued from the cloud's own where there are none to choose from.
      const found = await all(place.connection.client(ImageClient).images({ signal })).catch(() => []);
      images = found.filter(({ status }) => status === 'active');
    },
    fields: (update) =>
      password === undefined
        ? selectField(localizer, {
            id: 'rescue-image',
            label: localizer.text(messages, 'rescueImage'),
            value: chosen,
            options: [
              { value: '', label: localizer.text(messages, 'rescueOwn') },
              ...images.map(({ id, name }) => ({ value: id, label: name === '' ? id : name })),
            ],
            optional: true,
            onChange: (value) => {
              chosen = value;
              update();
            },
          })
        : html`<p>
            ${localizer.text(messages, 'rescuePassword')}: <code>${password}</code>
            ${copyButton(o.host, { value: password, what: localizer.text(messages, 'password') })}
          </p>`,
    submit: async () => {
      password = await place.servers.act(place.id, { pending: 'rescuing' }, () =>
        rescueServer(compute, target, {
          imageId: chosen === '' ? undefined : chosen,
          fromVolume: server.imageId === undefined,
        }),
      );
      return password === undefined ? 'close' : 'stay';
    },
  });
}

/** The administrator's password. It is read when it is sent, and kept nowhere. */
export function passwordForm({ place, compute, target, localizer, ...o }: FormContext): Promise<boolean> {
  return formDialog(o.host, {
    ...o,
    verb: () => o.label,
    fields: () =>
      passwordField(localizer, {
        id: 'instance-password',
        label: localizer.text(messages, 'password'),
        hint: localizer.text(messages, 'passwordHint'),
        autocomplete: 'new-password',
      }),
    submit: async (form) => {
      const input = form.querySelector<HTMLInputElement>('#instance-password');
      if (!input || input.value === '') return 'again';
      const password = new Secret(input.value);
      await place.servers.act(place.id, {}, () => setPassword(compute, target, password));
      input.value = '';
      return 'close';
    },
  });
}
