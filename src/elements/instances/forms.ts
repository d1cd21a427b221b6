import type { OverlayHost } from '../../ui/overlay-host.js';
import {
  attachInterfaceForm,
  attachVolumeForm,
  detachInterfaceForm,
  detachVolumeForm,
  securityGroupsForm,
} from './form-attach.js';
import { passwordForm, rebuildForm, rescueForm, resizeForm, snapshotForm } from './form-disk.js';
import { describeForm, metadataForm, renameForm, tagsForm } from './form-notes.js';
import { Form } from './form.js';
import type { FormAction } from './forms-list.js';
import type { Place } from './requests.js';

const OPEN: Readonly<Record<FormAction, (form: Form) => Promise<boolean>>> = {
  snapshot: snapshotForm,
  resize: resizeForm,
  rebuild: rebuildForm,
  rescue: rescueForm,
  'set-password': passwordForm,
  'attach-volume': attachVolumeForm,
  'detach-volume': detachVolumeForm,
  'attach-interface': attachInterfaceForm,
  'detach-interface': detachInterfaceForm,
  'security-groups': securityGroupsForm,
  rename: renameForm,
  describe: describeForm,
  metadata: metadataForm,
  tags: tagsForm,
};

/**
 * The form of an action: asks, sends, and shows what the cloud says where it refuses.
 *
 * @returns whether the cloud has accepted it
 */
export async function openForm(
  host: OverlayHost,
  action: FormAction,
  place: Place,
  returnFocus: () => HTMLElement | null,
): Promise<boolean> {
  const server = place.servers.get(place.id);
  return server ? OPEN[action](new Form(host, action, place, server, returnFocus)) : false;
}
