import { spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's own, whatever other Python comes first on the path. */
const CLIENT = '/usr/bin/openstack';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

async function there(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Why there is no stock client, undefined when there is one: on Debian root gets it from the distribution. */
export async function missingClient(): Promise<string | undefined> {
  if (await there(CLIENT)) return undefined;
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  if (!/^ID=debian$/m.test(release))
    return 'python3-openstackclient is installed by this test on Debian only';
  if (process.getuid?.() !== 0)
    return 'python3-openstackclient is not installed, and only root can install it';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    run(
      'apt-get',
      [
        'install',
        '-y',
        '--no-install-recommends',
        '-o',
        'DPkg::Lock::Timeout=300',
        'python3-openstackclient',
      ],
      env,
    );
  let outcome = await install();
  if (outcome.code !== 0) {
    await run('apt-get', ['update'], env);
    outcome = await install();
  }
  if (outcome.code === 0 && (await there(CLIENT))) return undefined;
  return `apt-get could not install python3-openstackclient: ${outcome.stderr.trim().split('\n').at(-1) ?? ''}`;
}

/** The stock client, signed in by a clouds.yaml of its own. */
export class StockClient {
  private constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async signedIn(
    authUrl: string,
    user: string,
    password: string,
    project: string,
  ): Promise<StockClient> {
    const folder = await mkdtemp(join(tmpdir(), 'stock-client-'));
    const clouds = {
      clouds: {
        simulator: {
          auth: {
            auth_url: authUrl,
            username: user,
            password,
            project_name: project,
            user_domain_name: 'Default',
            project_domain_name: 'Default',
          },
          region_name: 'RegionOne',
          interface: 'public',
          identity_api_version: 3,
        },
      },
    };
    // JSON is YAML.
    await writeFile(join(folder, 'clouds.yaml'), JSON.stringify(clouds), { mode: 0o600 });
    return new StockClient(folder, {
      PATH: '/usr/bin:/bin',
      LANG: 'C.UTF-8',
      HOME: folder,
      OS_CLIENT_CONFIG_FILE: join(folder, 'clouds.yaml'),
      OS_CLOUD: 'simulator',
    });
  }

  /** A file the client can be pointed at. */
  async file(name: string, content: string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    return path;
  }

  /** Runs `openstack` with these words, whatever the outcome. */
  try(...words: string[]): Promise<Outcome> {
    return run(CLIENT, words, this.env);
  }

  /** The same, which has to succeed; answers what was printed. */
  async run(...words: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.try(...words);
    if (code !== 0) throw new Error(`openstack ${words.join(' ')}: ${stderr || stdout}`);
    return stdout;
  }

  /** The values of one column of a list. */
  async column(name: string, ...words: string[]): Promise<string[]> {
    const text = await this.run(...words, '-f', 'value', '-c', name);
    return text.split('\n').filter((line) => line !== '');
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
