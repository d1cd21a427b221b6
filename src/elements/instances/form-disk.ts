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
import { imageFits, sizeRefusal, type SizeRefusal } from './form-values.js';
import type { Form } from './form.js';
import { all } from './rows.js';

/** An image of its disk. */
export function snapshotForm(form: Form): Promise<boolean> {
  const { localizer, server, place } = form;
  const date = new Date(place.connection.environment.clock.now()).toISOString().slice(0, 10);
  let name = localizer.text(messages, 'imageNameFor', { name: server.name, date }).slice(0, 255).trim();
  return form.open({
    intro: localizer.text(messages, 'snapshotIntro'),
    details: () => ({ name: name.trim() }),
    fields: (update) =>
      textField(localizer, {
        id: 'image-name',
        label: localizer.text(messages, 'imageName'),
        value: name,
        maxLength: 255,
        onInput: (value) => {
          name = value;
          update();
        },
      }),
    submit: async () => {
      name = name.trim();
      await form.send({}, (compute, target) => snapshotServer(compute, target, name));
      return 'close';
    },
  });
}

/** Another size. */
export function resizeForm(form: Form): Promise<boolean> {
  const { localizer, server } = form;
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
  return form.open({
    intro: localizer.text(messages, 'resizeIntro'),
    details: () => ({ flavor: chosen === '' ? undefined : chosen }),
    load: async (signal) => {
      [flavors, limits] = await Promise.all([
        all(form.compute.flavors({ signal })),
        // Without them the cloud says what is too large.
        form.compute.limits({ signal }).catch(() => undefined),
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
      await form.send({ pending: 'resizing' }, (compute, target) => resizeServer(compute, target, chosen));
      return 'close';
    },
  });
}

/** Its disk anew from an image. */
export function rebuildForm(form: Form): Promise<boolean> {
  const { localizer, server, place } = form;
  let images: readonly Image[] = [];
  let chosen = server.imageId ?? '';
  const fromVolume = server.imageId === undefined;
  return form.open({
    intro: localizer.text(messages, fromVolume ? 'rebuildVolumeIntro' : 'rebuildIntro'),
    details: () => ({ image: chosen === '' ? undefined : chosen, fromVolume }),
    danger: true,
    load: async (signal) => {
      const found = await all(place.connection.client(ImageClient).images({ signal }));
      images = found.filter(({ status }) => status === 'active');
      const fitting = images.filter((image) => imageFits(image, server));
      if (!fitting.some(({ id }) => id === chosen)) chosen = fitting[0]?.id ?? '';
    },
    fields: (update) =>
      selectField(localizer, {
        id: 'instance-image',
        label: localizer.text(messages, 'image'),
        value: chosen,
        options: images.map((image) => {
          const fits = imageFits(image, server);
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
      // One that runs from a volume has no image of its own before and after.
      const change = { pending: 'rebuilding', ...(!fromVolume && { imageId: chosen }) } as const;
      await form.send(change, (compute, target) => rebuildServer(compute, target, chosen, { fromVolume }));
      return 'close';
    },
  });
}

/** Whether an image says how it is attached beside what is to be repaired. */
function isForRescue({ properties }: Image): boolean {
  return 'hw_rescue_device' in properties || 'hw_rescue_bus' in properties;
}

/** Another disk to start from. */
export function rescueForm(form: Form): Promise<boolean> {
  const { localizer, server, place } = form;
  let images: readonly Image[] = [];
  let chosen = '';
  let password: string | undefined;
  const fromVolume = server.imageId === undefined;
  return form.open({
    intro: localizer.text(messages, fromVolume ? 'rescueVolumeIntro' : 'rescueIntro'),
    details: () => ({ image: chosen === '' ? undefined : chosen, fromVolume }),
    load: async (signal) => {
      // It can be rescued from the cloud's own where there are none to choose from.
      const found = await all(place.connection.client(ImageClient).images({ signal })).catch(() => []);
      images = found.filter(({ status }) => status === 'active');
      // Others cannot be attached beside a volume, as a rule.
      if (fromVolume) images = [...images].sort((a, b) => Number(isForRescue(b)) - Number(isForRescue(a)));
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
            ${copyButton(form.host, { value: password, what: localizer.text(messages, 'password') })}
          </p>`,
    submit: async () => {
      password = await form.send({ pending: 'rescuing' }, (compute, target) =>
        rescueServer(compute, target, {
          imageId: chosen === '' ? undefined : chosen,
          fromVolume,
        }),
      );
      return password === undefined ? 'close' : 'stay';
    },
  });
}

/** The administrator's password. It is read when it is sent, and kept nowhere. */
export function passwordForm(form: Form): Promise<boolean> {
  const { localizer } = form;
  return form.open({
    details: () => ({}),
    fields: () =>
      passwordField(localizer, {
        id: 'instance-password',
        label: localizer.text(messages, 'password'),
        hint: localizer.text(messages, 'passwordHint'),
        autocomplete: 'new-password',
      }),
    submit: async (element) => {
      const input = element.querySelector<HTMLInputElement>('#instance-password');
      if (!input || input.value === '') return 'again';
      const password = new Secret(input.value);
      await form.send({}, (compute, target) => setPassword(compute, target, password));
      input.value = '';
      return 'close';
    },
  });
}
