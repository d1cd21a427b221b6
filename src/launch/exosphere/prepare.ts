import type { ExosphereProvisioning } from '../../session/settings.js';
import { COMMIT, GIT_URL } from '../../session/setting-forms.js';
import { EXO_METADATA, EXO_USER, EXO_VERSION, FLOATING_IP_CREATE, type FloatingIpOption } from './keys.js';
import { writeGuacamole } from './origin.js';
import { SETUP_AT_FIRST } from './setup.js';
import { isWorkflow, writeWorkflow, type Workflow } from './workflow.js';

/** How an instance is prepared so that Exosphere's client shows and serves it as its own. */
export interface ExosphereProfile {
  readonly kind: 'exosphere';
  /** What prepares it, at one commit: whatever is put into the repository later changes no launch. */
  readonly provisioning: ExosphereProvisioning;
  /** Name of the user, as the cloud knows it; shown to the others of the project. */
  readonly creator: string;
  /** Public keys, in OpenSSH form, for the account `exouser`. */
  readonly keys: readonly string[];
  /** A shell in the browser, by Guacamole. */
  readonly shell: boolean;
  /** A graphical desktop; in the browser where there is a shell, too. */
  readonly desktop: boolean;
  /** Whether the system is brought up to date first, which takes minutes. */
  readonly updates: boolean;
  readonly workflow?: Workflow | undefined;
}

/** Why an instance cannot be prepared so. */
export type Unprepared =
  /** The portal names no repository and commit. */
  | 'not-configured'
  /** What it names is no `https://` address of a repository. */
  | 'bad-repository'
  /** What it names is a branch or a tag, or no commit at all. */
  | 'bad-commit'
  /** The workflow's repository, reference or path cannot be passed on as they are. */
  | 'bad-workflow';

/** Undefined where nothing stands against it. */
export function whyUnprepared(
  provisioning: ExosphereProvisioning | undefined,
  workflow?: Workflow,
): Unprepared | undefined {
  if (!provisioning) return 'not-configured';
  if (!GIT_URL.test(provisioning.repository)) return 'bad-repository';
  if (!COMMIT.test(provisioning.commit)) return 'bad-commit';
  return !workflow || isWorkflow(workflow) ? undefined : 'bad-workflow';
}

/** What was decided about the public address, in Exosphere's words: its clients go by it after a shelving. */
export interface AddressDecision {
  readonly option: FloatingIpOption;
  /** The id of the one to use; a new one when left out. */
  readonly id?: string | undefined;
}

/**
 * The metadata of the server, in the order and with the letters that Exosphere writes.
 *
 * @param clientUuid of whoever is to give it an address; a launch of ours does that itself, so it is the launch's id
 */
export function exosphereMetadata(
  { creator, shell, desktop, workflow }: ExosphereProfile,
  clientUuid: string,
  address: AddressDecision,
): Readonly<Record<string, string>> {
  return {
    ...(shell && { [EXO_METADATA.guacamole]: writeGuacamole(desktop) }),
    [EXO_METADATA.version]: EXO_VERSION,
    [EXO_METADATA.clientUuid]: clientUuid,
    [EXO_METADATA.creator]: creator,
    [EXO_METADATA.setup]: SETUP_AT_FIRST,
    [EXO_METADATA.floatingIpOption]: address.option,
    ...(address.option === 'useFloatingIp' && {
      [EXO_METADATA.floatingIpReuse]: address.id ?? FLOATING_IP_CREATE,
    }),
    ...(workflow && { [EXO_METADATA.workflow]: writeWorkflow(workflow) }),
  };
}

/** A part of the user data: text of ASCII characters, lines that end in LF. */
export interface ExospherePart {
  readonly type: 'text/cloud-boothook' | 'text/x-shellscript' | 'text/cloud-config';
  readonly name: string;
  readonly text: string;
}

/** By name between the two scripts: what the user brings runs before it is told that all is done. */
export const OWN_PART = '50-own';

/**
 * What cloud-init is given.
 *
 * @throws RangeError for what `whyUnprepared` has something against: it would be run by a shell
 */
export function exosphereParts(profile: ExosphereProfile): readonly ExospherePart[] {
  const why = whyUnprepared(profile.provisioning, profile.workflow);
  if (why) throw new RangeError(why);
  return [
    { type: 'text/cloud-boothook', name: '00-exosphere-boothook.sh', text: BOOTHOOK },
    { type: 'text/x-shellscript', name: '00-exosphere-setup-running.sh', text: RUNNING },
    { type: 'text/x-shellscript', name: '90-exosphere-ansible-setup.sh', text: ansible(profile) },
    { type: 'text/cloud-config', name: 'exosphere.yml', text: cloudConfig(profile) },
  ];
}

/** Distributions differ in which of the two reaches the serial console. The pause lets lines before it end. */
const SAY = `say() {
  sleep 1
  printf '{"status":"%s","epoch":%s000}\\n' "$1" "$(date +%s)" | tee --append /dev/console > /dev/kmsg || true
}
`;

/** A hook runs at each start; without printk_devkmsg the kernel drops lines that come too fast. */
const BOOTHOOK = `#!/bin/bash
cloud-init-per instance exosphere-setup-starting /bin/false && exit 0
echo on > /proc/sys/kernel/printk_devkmsg || true
${SAY}say starting
chmod 640 /var/log/cloud-init-output.log || true
`;

const RUNNING = `#!/bin/bash
${SAY}say running
`;

function ansible({ provisioning: { repository, commit }, ...profile }: ExosphereProfile): string {
  return `#!/bin/bash
${SAY}again() {
  for _ in 1 2 3; do
    "$@" && return 0
    sleep 5
  done
  return 1
}
prepare() {
  if command -v apt-get; then again apt-get install -y python3-venv git || return 1; fi
  if command -v dnf; then again dnf install -y python3 git || return 1; fi
  python3 -m venv /opt/ansible-venv || return 1
  . /opt/ansible-venv/bin/activate
  again pip install ansible-core passlib || return 1
  git init --quiet /opt/instance-config-mgt || return 1
  cd /opt/instance-config-mgt || return 1
  again git fetch --quiet --depth 1 ${quoted(repository)} ${commit} || return 1
  git checkout --quiet --detach ${commit} || return 1
  ansible-playbook -i ansible/hosts -e ${quoted(ascii(extraVars(profile)))} ansible/playbook.yml
}
if prepare; then say complete; else say error; fi
`;
}

/** The names that the playbook knows. */
function extraVars({ shell, desktop, workflow }: Omit<ExosphereProfile, 'provisioning'>): unknown {
  return {
    guac_enabled: shell,
    gui_enabled: desktop,
    ...(workflow && {
      workflow_source_repository: workflow.repo,
      ...(workflow.ref !== '' && { workflow_repo_version: workflow.ref }),
    }),
  };
}

/** JSON is YAML. */
function cloudConfig({ keys, updates }: ExosphereProfile): string {
  const account = {
    name: EXO_USER,
    shell: '/bin/bash',
    groups: 'sudo, admin',
    sudo: ['ALL=(ALL) NOPASSWD:ALL'],
    ...(keys.length > 0 && { ssh_authorized_keys: keys }),
  };
  const config = {
    users: ['default', account],
    ssh_pwauth: true,
    package_update: true,
    package_upgrade: updates,
    packages: ['git'],
    // Of two cloud-configs both lists are carried out, instead of one alone.
    merge_how: 'list(append)+dict(recurse_array)+str()',
  };
  return `#cloud-config\n${ascii(config, 1)}\n`;
}

/** JSON whose letters survive any way. */
function ascii(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[^\x00-\x7e]/g, // eslint-disable-line no-control-regex
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** One word of a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
