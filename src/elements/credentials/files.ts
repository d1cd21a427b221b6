import { quoted } from '../../openstack/curl.js';

/** What a file for the command line says. */
export interface FileFacts {
  /** Name of the cloud in a clouds.yaml. */
  readonly cloud: string;
  readonly authUrl: string;
  readonly region: string | undefined;
  readonly as:
    | { readonly kind: 'credential'; readonly id: string; readonly secret: string }
    | {
        /** The password is asked for when the file is used. */
        readonly kind: 'password';
        readonly userName: string;
        readonly userDomain: string;
        readonly projectId: string;
        readonly projectName: string;
      };
}

/** The variables that OpenStack's command line reads. */
function variables({ authUrl, region, as }: FileFacts): [name: string, value: string][] {
  const common: [string, string][] = [
    ['OS_AUTH_URL', authUrl],
    ['OS_IDENTITY_API_VERSION', '3'],
    ['OS_INTERFACE', 'public'],
    ...(region === undefined ? [] : [['OS_REGION_NAME', region] satisfies [string, string]]),
  ];
  return as.kind === 'credential'
    ? [
        ['OS_AUTH_TYPE', 'v3applicationcredential'],
        ...common,
        ['OS_APPLICATION_CREDENTIAL_ID', as.id],
        ['OS_APPLICATION_CREDENTIAL_SECRET', as.secret],
      ]
    : [
        ['OS_AUTH_TYPE', 'password'],
        ...common,
        ['OS_PROJECT_ID', as.projectId],
        ['OS_PROJECT_NAME', as.projectName],
        ['OS_USERNAME', as.userName],
        ['OS_USER_DOMAIN_NAME', as.userDomain],
      ];
}

/** Variables that another file may have left and that would get in the way. */
const LEFTOVERS = [
  'OS_CLOUD',
  'OS_TOKEN',
  'OS_TENANT_ID',
  'OS_TENANT_NAME',
  'OS_USERNAME',
  'OS_USER_ID',
  'OS_PASSWORD',
  'OS_USER_DOMAIN_ID',
  'OS_USER_DOMAIN_NAME',
  'OS_PROJECT_ID',
  'OS_PROJECT_NAME',
  'OS_PROJECT_DOMAIN_ID',
  'OS_PROJECT_DOMAIN_NAME',
  'OS_APPLICATION_CREDENTIAL_ID',
  'OS_APPLICATION_CREDENTIAL_NAME',
  'OS_APPLICATION_CREDENTIAL_SECRET',
  'OS_REGION_NAME',
];

/** For bash and zsh: `source openrc.sh`. */
export function openrc(facts: FileFacts): string {
  const asks = facts.as.kind === 'password';
  return [
    '# source this file: . openrc.sh',
    `unset ${LEFTOVERS.join(' ')}`,
    ...variables(facts).map(([name, value]) => `export ${name}=${quoted(value)}`),
    ...(asks
      ? [
          `printf 'Password of %s: ' "$OS_USERNAME" >&2`,
          'IFS= read -rs OS_PASSWORD',
          'echo >&2',
          'export OS_PASSWORD',
        ]
      : []),
    '',
  ].join('\n');
}

/** For PowerShell: `. ./openrc.ps1`. */
export function openrcPowerShell(facts: FileFacts): string {
  // PowerShell takes the typographic ones for the same.
  const single = (text: string): string => `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
  return [
    // Without the mark Windows PowerShell takes the file for one of its old code page.
    '\ufeff# run in this shell: . ./openrc.ps1',
    ...LEFTOVERS.map((name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`),
    ...variables(facts).map(([name, value]) => `$env:${name} = ${single(value)}`),
    ...(facts.as.kind === 'password'
      ? [
          '$password = Read-Host -Prompt "Password of $env:OS_USERNAME" -AsSecureString',
          '$env:OS_PASSWORD = [Net.NetworkCredential]::new("", $password).Password',
        ]
      : []),
    '',
  ].join('\r\n');
}

/** For every OpenStack tool: `~/.config/openstack/clouds.yaml`, then `--os-cloud <name>`. */
export function cloudsYaml({ cloud, authUrl, region, as }: FileFacts): string {
  // A JSON text is a YAML scalar in double quotes.
  const text = (value: string): string =>
    JSON.stringify(value).replace(
      /[\u007f-\u009f\u2028\u2029\ufeff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  return [
    'clouds:',
    `  ${text(cloud)}:`,
    `    auth_type: ${as.kind === 'credential' ? 'v3applicationcredential' : 'password'}`,
    '    auth:',
    `      auth_url: ${text(authUrl)}`,
    ...(as.kind === 'credential'
      ? [
          `      application_credential_id: ${text(as.id)}`,
          `      application_credential_secret: ${text(as.secret)}`,
        ]
      : [
          `      project_id: ${text(as.projectId)}`,
          `      username: ${text(as.userName)}`,
          `      user_domain_name: ${text(as.userDomain)}`,
        ]),
    ...(region === undefined ? [] : [`    region_name: ${text(region)}`]),
    '    interface: public',
    '    identity_api_version: 3',
    '',
  ].join('\n');
}

/** A name for the cloud that needs no quotes on a command line. */
export function cloudKey(name: string, project: string): string {
  const plain = (text: string): string =>
    text
      .normalize('NFKD')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .toLowerCase();
  return [plain(name), plain(project)].filter(Boolean).join('-') || 'openstack';
}
