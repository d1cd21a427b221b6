import { html } from 'lit';
import { instanceActionMessages as messages } from '../../i18n/en/instance-actions.js';
import { NetworkClient, type SecurityGroup } from '../../openstack/network.js';
import {
  addSecurityGroup,
  attachInterface,
  attachVolume,
  detachInterface,
  detachVolume,
  removeSecurityGroup,
  serverInterfaces,
  serverSecurityGroups,
  volumeAttachments,
} from '../../openstack/server-actions.js';
import { VolumeClient } from '../../openstack/volume.js';
import { checkField, selectField } from '../../ui/field.js';
import type { CommandDetails } from './command-line.js';
import type { Form } from './form.js';
import { all } from './rows.js';

interface Option {
  readonly value: string;
  readonly label: string;
}

/** A form with one choice, or a sentence where there is nothing to choose from. */
function choiceForm(
  form: Form,
  o: {
    readonly intro: string;
    readonly field: string;
    readonly none: string;
    readonly danger?: boolean;
    readonly options: (signal: AbortSignal) => Promise<readonly Option[]>;
    readonly send: (chosen: string) => Promise<void>;
    readonly details: (chosen: string) => CommandDetails;
  },
): Promise<boolean> {
  const { localizer } = form;
  let options: readonly Option[] = [];
  let chosen = '';
  return form.open({
    intro: o.intro,
    danger: o.danger,
    verb: () => (options.length > 0 ? form.label : undefined),
    details: () => o.details(chosen),
    load: async (signal) => {
      options = await o.options(signal);
      chosen = options[0]?.value ?? '';
    },
    fields: (update) =>
      options.length === 0
        ? html`<p role="status">${o.none}</p>`
        : selectField(localizer, {
            id: 'instance-choice',
            label: o.field,
            value: chosen,
            options,
            onChange: (value) => {
              chosen = value;
              update();
            },
          }),
    submit: async () => {
      if (chosen === '') return 'again';
      await o.send(chosen);
      return 'close';
    },
  });
}

export function attachVolumeForm(form: Form): Promise<boolean> {
  const { localizer, place, server } = form;
  return choiceForm(form, {
    intro: localizer.text(messages, 'attachVolumeIntro'),
    field: localizer.text(messages, 'volume'),
    none: localizer.text(messages, 'noVolumes'),
    options: async (signal) => {
      const volumes = await all(place.connection.client(VolumeClient).volumes({ signal }));
      const free = volumes.filter(
        ({ id, status, multiattach }) =>
          status === 'available' ||
          (multiattach && status === 'in-use' && !server.volumesAttached.includes(id)),
      );
      return free.map(({ id, name, size }) => ({
        value: id,
        label: localizer.text(messages, 'volumeOf', { name: name === '' ? id.slice(0, 8) : name, size }),
      }));
    },
    details: (volume) => ({ volume }),
    send: (id) =>
      form.send({ volumesAttached: [...server.volumesAttached, id] }, (compute, target) =>
        attachVolume(compute, target, id),
      ),
  });
}

export function detachVolumeForm(form: Form): Promise<boolean> {
  const { localizer, place, server, compute, target } = form;
  return choiceForm(form, {
    intro: localizer.text(messages, 'detachVolumeIntro'),
    field: localizer.text(messages, 'volume'),
    none: localizer.text(messages, 'onlyRoot'),
    danger: true,
    options: async (signal) => {
      const [attached, volumes] = await Promise.all([
        volumeAttachments(compute, target, { signal }),
        // Without their names they are told apart by their ids.
        all(place.connection.client(VolumeClient).volumes({ signal })).catch(() => []),
      ]);
      const names = new Map(volumes.map(({ id, name }) => [id, name]));
      const root = (device: string | undefined) =>
        server.imageId === undefined && /\/(?:x?v|s|h)da$/.test(device ?? '');
      return attached
        .filter(({ device }) => !root(device))
        .map(({ id, device }) => {
          const name = names.get(id);
          const named = name === undefined || name === '' ? id.slice(0, 8) : name;
          return {
            value: id,
            label:
              device === undefined ? named : localizer.text(messages, 'volumeAt', { name: named, device }),
          };
        });
    },
    details: (volume) => ({ volume }),
    send: (id) =>
      form.send(
        { volumesAttached: server.volumesAttached.filter((each) => each !== id) },
        (compute, target) => detachVolume(compute, target, id),
      ),
  });
}

export function attachInterfaceForm(form: Form): Promise<boolean> {
  const { localizer, place } = form;
  return choiceForm(form, {
    intro: localizer.text(messages, 'attachInterfaceIntro'),
    field: localizer.text(messages, 'network'),
    none: localizer.text(messages, 'noNetworks'),
    options: async (signal) => {
      const networks = await all(place.connection.client(NetworkClient).networks({ signal }));
      return networks
        .filter(({ external, subnets }) => !external && subnets.length > 0)
        .map(({ id, name }) => ({ value: id, label: name === '' ? id : name }));
    },
    details: (network) => ({ network }),
    send: (networkId) => form.send({}, (compute, target) => attachInterface(compute, target, { networkId })),
  });
}

export function detachInterfaceForm(form: Form): Promise<boolean> {
  const { localizer, place, compute, target } = form;
  return choiceForm(form, {
    intro: localizer.text(messages, 'detachInterfaceIntro'),
    field: localizer.text(messages, 'interface'),
    none: localizer.text(messages, 'noInterfaces'),
    danger: true,
    options: async (signal) => {
      const [interfaces, networks] = await Promise.all([
        serverInterfaces(compute, target, { signal }),
        all(place.connection.client(NetworkClient).networks({ signal })).catch(() => []),
      ]);
      const names = new Map(networks.map(({ id, name }) => [id, name]));
      return interfaces.map(({ id, networkId, addresses }) => ({
        value: id,
        label: localizer.text(messages, 'interfaceOf', {
          network: names.get(networkId) ?? networkId.slice(0, 8),
          addresses,
        }),
      }));
    },
    details: (port) => ({ port }),
    send: (port) => form.send({}, (compute, target) => detachInterface(compute, target, port)),
  });
}

/** Which groups all its ports are in. */
export function securityGroupsForm(form: Form): Promise<boolean> {
  const { localizer, place, compute, target } = form;
  let groups: readonly SecurityGroup[] = [];
  let before: ReadonlySet<string> = new Set();
  const chosen = new Set<string>();
  const changed = () => ({
    groupsAdded: [...chosen].filter((id) => !before.has(id)),
    groupsRemoved: [...before].filter((id) => !chosen.has(id)),
  });
  return form.open({
    details: changed,
    intro: localizer.text(messages, 'groupsIntro'),
    verb: () => (groups.length > 0 ? localizer.text(messages, 'save') : undefined),
    load: async (signal) => {
      const [own, found] = await Promise.all([
        serverSecurityGroups(compute, target, { signal }),
        all(place.connection.client(NetworkClient).securityGroups({ signal })),
      ]);
      groups = found;
      before = new Set(own.map(({ id }) => id));
      chosen.clear();
      for (const id of before) chosen.add(id);
    },
    fields: (update) =>
      groups.length === 0
        ? html`<p role="status">${localizer.text(messages, 'noGroups')}</p>`
        : html`<fieldset aria-label=${form.label}>
            ${groups.map(({ id, name, description }) =>
              checkField({
                id: `group-${id}`,
                label: description === '' || description === name ? name : `${name} · ${description}`,
                checked: chosen.has(id),
                onChange: (checked) => {
                  if (checked) chosen.add(id);
                  else chosen.delete(id);
                  update();
                },
              }),
            )}
          </fieldset>`,
    submit: async () => {
      const { groupsAdded, groupsRemoved } = changed();
      const securityGroups = [...new Set(groups.filter(({ id }) => chosen.has(id)).map(({ name }) => name))];
      await form.send({ securityGroups }, async () => {
        // What lets in comes before what is taken away, so that nobody is cut off in between.
        for (const id of groupsAdded) {
          await addSecurityGroup(compute, target, id);
          before = new Set([...before, id]);
        }
        for (const id of groupsRemoved) {
          await removeSecurityGroup(compute, target, id);
          before = new Set([...before].filter((each) => each !== id));
        }
      });
      return 'close';
    },
  });
}
