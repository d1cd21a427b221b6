import type { Image } from '../openstack/image.js';

/** An image as it is offered. */
export interface ImageOffer {
  readonly image: Image;
  /** The distribution as its community writes it (`Ubuntu`); undefined when it is not known. */
  readonly system: string | undefined;
  readonly version: string | undefined;
  /** A newer image of the same name and system is there. */
  readonly superseded: boolean;
  /** Belongs to the project: a snapshot or an upload. */
  readonly own: boolean;
}

export interface Distribution {
  readonly id: string;
  readonly name: string;
  /** The account its cloud images come with. */
  readonly user: string;
}

/** In the order in which one of them is suggested to somebody who has no wish. */
const DISTRIBUTIONS: readonly Distribution[] = [
  { id: 'ubuntu', name: 'Ubuntu', user: 'ubuntu' },
  { id: 'debian', name: 'Debian', user: 'debian' },
  { id: 'rocky', name: 'Rocky Linux', user: 'rocky' },
  { id: 'almalinux', name: 'AlmaLinux', user: 'almalinux' },
  { id: 'fedora', name: 'Fedora', user: 'fedora' },
  { id: 'centos', name: 'CentOS', user: 'cloud-user' },
  { id: 'rhel', name: 'Red Hat Enterprise Linux', user: 'cloud-user' },
  { id: 'opensuse', name: 'openSUSE', user: 'opensuse' },
  { id: 'sles', name: 'SUSE Linux Enterprise', user: 'sles' },
  { id: 'flatcar', name: 'Flatcar', user: 'core' },
  { id: 'coreos', name: 'Fedora CoreOS', user: 'core' },
  { id: 'freebsd', name: 'FreeBSD', user: 'freebsd' },
  { id: 'windows', name: 'Windows', user: 'Administrator' },
  { id: 'cirros', name: 'CirrOS', user: 'cirros' },
];

/** Never suggested unasked: they need a licence, a console, or are for testing only. */
const NOT_SUGGESTED = new Set(['windows', 'cirros', 'coreos', 'flatcar', 'freebsd']);

/** The distribution that an image says or is called to be. */
export function distributionOf(image: Image): Distribution | undefined {
  const said = image.osDistro?.toLowerCase();
  const told = said && DISTRIBUTIONS.find(({ id }) => said === id || said.startsWith(id));
  if (told) return told;
  // Many clouds leave os_distro out and say it in the name.
  const name = image.name.toLowerCase();
  return DISTRIBUTIONS.find(({ id }) => name.includes(id));
}

/** The system's version: what the publisher says, or the first number in the name that looks like one. */
function versionOf(image: Image): string | undefined {
  return image.osVersion || /(?:^|[^\d.])(\d{1,2}(?:\.\d{1,2})?)(?![\d.])/.exec(image.name)?.[1];
}

/** Whether an instance can start from it: ready, and not one of the old kernel and ramdisk images. */
export function isBootable(image: Image): boolean {
  const format = image.properties['container_format'];
  return image.status === 'active' && format !== 'aki' && format !== 'ari';
}

/** What stays the same from one build of an image to the next: its name without dates and build numbers. */
function familyOf(image: Image): string {
  const name = image.name
    .toLowerCase()
    .replace(/\d{4}[-.]?\d{2}[-.]?\d{2}(?:[-.t]?\d+)*z?/g, '')
    .replace(/\b(?:v|build|rev)[-. ]?\d+(?:\.\d+)*\b/g, '')
    .replace(/[\s_.()-]+/g, ' ')
    .trim();
  return [image.osDistro?.toLowerCase(), image.osVersion, image.visibility, name].join('|');
}

function compareVersions(a: string | undefined, b: string | undefined): number {
  return (a ?? '').localeCompare(b ?? '', 'en', { numeric: true });
}

/** Ubuntu's releases of two years, which images of the others in between are not. */
function isLongTerm({ system, version }: ImageOffer): boolean {
  return system !== 'Ubuntu' || /^\d?[02468]\.04|^\d?[02468]$/.test(version ?? '');
}

/**
 * The images that can be booted, in the order in which they are offered: the cloud's own before the project's,
 * well-known systems before others, newer before older, builds that were replaced last.
 */
export function offerImages(images: readonly Image[], projectId: string): readonly ImageOffer[] {
  const bootable = images.filter(isBootable);
  const newest = new Map<string, Image>();
  for (const image of bootable) {
    const family = familyOf(image);
    const known = newest.get(family);
    if (!known || known.created < image.created) newest.set(family, image);
  }
  const rank = ({ system }: ImageOffer) => {
    const at = DISTRIBUTIONS.findIndex(({ name }) => name === system);
    return at < 0 ? DISTRIBUTIONS.length : at;
  };
  return bootable
    .map((image): ImageOffer => {
      return {
        image,
        system: distributionOf(image)?.name,
        version: versionOf(image),
        superseded: newest.get(familyOf(image)) !== image,
        own: image.visibility === 'private' || (image.owner === projectId && image.visibility !== 'public'),
      };
    })
    .sort(
      (a, b) =>
        Number(a.superseded) - Number(b.superseded) ||
        Number(a.own) - Number(b.own) ||
        rank(a) - rank(b) ||
        compareVersions(b.version, a.version) ||
        b.image.created.localeCompare(a.image.created) ||
        a.image.name.localeCompare(b.image.name),
    );
}

/**
 * The image to begin with: the first of `wanted` that is there, else the newest of a well-known distribution, else
 * the first.
 *
 * @param wanted ids, names, or the beginning of a name (then the newest that begins so); most wanted first
 */
export function suggestImage(
  offers: readonly ImageOffer[],
  wanted: readonly (string | undefined)[],
): Image | undefined {
  for (const want of wanted) {
    if (!want) continue;
    const found =
      offers.find(({ image }) => image.id === want) ??
      offers.find(({ image }) => image.name === want) ??
      offers.find(({ image }) => image.name.toLowerCase().startsWith(want.toLowerCase()));
    if (found) return found.image;
  }
  const common = offers.filter(
    (offer) =>
      !offer.own &&
      !offer.superseded &&
      DISTRIBUTIONS.some(({ id, name }) => name === offer.system && !NOT_SUGGESTED.has(id)),
  );
  return (common.find(isLongTerm) ?? common[0] ?? offers[0])?.image;
}
