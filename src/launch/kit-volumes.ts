import { MOUNT_PREFIX, PLACE } from './kit-places.js';

/** Bytes; Linux takes 255 of a folder's name, and a number may have to follow. */
const LONGEST_FOLDER = 200;
/** Any other id might be part of another disk's name. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A volume that is mounted by its name. */
export interface KitVolume {
  readonly id: string;
  /** Name of its folder: letters and digits of any script, `_` and `-`, no other. */
  readonly folder: string;
}

/** Letters beyond the first 65,536 characters are more than old readers of YAML take. */
const NOT_IN_FOLDERS = /(?:[^\p{L}\p{M}\p{N}_]|[\u{10000}-\u{10ffff}])+/gu;

/** A folder for each name, no two the same. */
export function volumeFolders(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const short = shortened(name.replace(NOT_IN_FOLDERS, '-').replace(/^-+/, '')).replace(/-+$/, '');
    const wish = short === '' ? 'volume' : short;
    let folder = wish;
    for (let n = 2; taken.has(folder); n++) folder = `${wish}-${n}`;
    taken.add(folder);
    return folder;
  });
}

function shortened(text: string): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  let kept = '';
  for (const char of text) {
    bytes += encoder.encode(char).length;
    if (bytes > LONGEST_FOLDER) break;
    kept += char;
  }
  return kept;
}

/** The volumes of an instance that can be mounted by name. */
export function kitVolumes(names: readonly string[], ids: readonly string[]): readonly KitVolume[] {
  const folders = volumeFolders(names);
  return ids.flatMap((id, i) => {
    const folder = folders[i];
    return folder !== undefined && UUID.test(id) ? [{ id, folder }] : [];
  });
}

/** What an instance says of where its volumes are. */
export function mountMetadata(volumes: readonly KitVolume[]): Readonly<Record<string, string>> {
  return Object.fromEntries(volumes.map(({ id, folder }) => [MOUNT_PREFIX + id, PLACE + folder]));
}

/** A command of cloud-init's `bootcmd`: it comes before files, packages and scripts, so that all may use the volumes. */
export function mountCommand(volumes: readonly KitVolume[]): readonly string[] {
  const words = volumes.flatMap(({ id, folder }) => [id, folder]);
  // Names are words of their own: whatever is in one, no shell looks at it.
  return ['cloud-init-per', 'instance', 'exo-volumes', 'sh', '-c', MOUNT, 'exo-volumes', ...words];
}

/**
 * For each pair of id and folder: waits for the disk, a minute in all; makes a file system where there is nothing at all
 * on it; mounts it, now and at each start. Says on the console what became of it, and never fails. docs/kit.md
 */
const MOUNT = `PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin
left=60
say() {
  printf '{"volume":"%s","status":"%s","place":"%s","epoch":%s000}\\n' "$id" "$1" "$place" "$(date +%s)" > /dev/console || true
}
seek() {
  for link in /dev/disk/by-id/*; do
    case \${link##*/} in
      *-part[0-9]*) continue ;;
      *"$id"* | *"$bare"* | virtio-"$short" | *_"$short") ;;
      *) continue ;;
    esac
    disk=$(readlink -f "$link") && [ -b "$disk" ] && return 0
  done
  return 1
}
blank() {
  blkid -p "$disk" > /dev/null
  [ $? -eq 2 ] || return 1
  marks=$(wipefs --no-act "$disk") && [ -z "$marks" ] || return 1
  parts=$(lsblk -n -r -o NAME "$disk") && [ "$(echo "$parts" | wc -l)" -eq 1 ] || return 1
  cmp -s -n 1048576 "$disk" /dev/zero
}
tell() { blkid -p -o value -s "$1" "$disk"; }
one() {
  until seek; do
    [ "$left" -gt 0 ] || { say no-device; return; }
    left=$((left - 1))
    sleep 1
  done
  if grep -q " $place " /proc/mounts; then say mounted; return; fi
  new=
  if blank; then
    mkfs.ext4 -q -F -m 0 "$disk" || { say failed; return; }
    new=yes
  fi
  type=$(tell TYPE)
  uuid=$(tell UUID)
  [ "$(tell USAGE)" = filesystem ] && [ -n "$uuid" ] || { say not-blank; return; }
  mkdir -p "$place" && mount -t "$type" "$disk" "$place" || { say failed; return; }
  [ -z "$new" ] || chown 1000:1000 "$place"
  [ -z "$new" ] || restorecon "$place"
  if ! grep -q "^UUID=$uuid[[:space:]]" /etc/fstab; then
    [ -z "$(tail -c 1 /etc/fstab)" ] || echo >> /etc/fstab
    echo "UUID=$uuid $place $type defaults,nofail,x-systemd.device-timeout=10s 0 2" >> /etc/fstab
  fi
  say mounted
}
while [ $# -gt 1 ]; do
  id=$1
  place=${PLACE}$2
  short=$(printf %.20s "$id")
  bare=$(printf %s "$id" | tr -d -)
  shift 2
  one < /dev/null
done
systemctl daemon-reload || true
exit 0
`;
