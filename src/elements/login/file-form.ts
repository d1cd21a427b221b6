import { html, nothing, type TemplateResult } from 'lit';
import { loginMoreMessages as messages } from '../../i18n/en/login-more.js';
import type { Localizer } from '../../i18n/localizer.js';
import { isOpenStackError, refine } from '../../openstack/errors.js';
import { Secret } from '../../openstack/secret.js';
import { isCloudsYaml, readCloudsYaml } from '../../session/files/clouds-yaml.js';
import type { FileProblem, FoundCloud } from '../../session/files/found.js';
import { isOpenrc, readOpenrc } from '../../session/files/openrc.js';
import type { Session, SessionState } from '../../session/session.js';
import { field, passwordField } from '../../ui/field.js';
import { notice } from '../../ui/notice.js';
import type { LoginForm, LoginHost } from './login-form.js';

/** Longer than any file of this kind. */
const LONGEST = 256 * 1024;

/**
 * A file that the cloud gives people: read first, then confirmed, then signed in with. What the files say is held
 * here until then, secrets among it; nothing of them is put into the page but names.
 */
export class FileForm implements LoginForm {
  #found: readonly (FoundCloud | FileProblem)[] | undefined;
  #chosen = new Set<FoundCloud>();
  #problem: 'fileUnknown' | 'fileNone' | 'fileTooLong' | undefined;
  #texts: readonly string[] = [];

  fields(host: LoginHost): TemplateResult {
    return this.#found ? this.#confirm(host, this.#found) : this.#ask(host);
  }

  button(host: LoginHost): string | undefined {
    return this.#found ? undefined : host.localizer.text(messages, 'fileContinue');
  }

  check(host: LoginHost): ReadonlyMap<string, string> {
    const { localizer } = host;
    if (!this.#found) {
      const empty = this.#texts.length === 0 && host.input('file').trim() === '';
      return empty ? new Map([['file', localizer.text(messages, 'fileMissing')]]) : new Map();
    }
    const asks = [...this.#chosen].filter((each) => each.asks).map((each) => this.#id(each));
    if (this.#chosen.size === 0) return new Map([['choice', localizer.text(messages, 'fileChoose')]]);
    return new Map(
      asks
        .filter((id) => host.input(id) === '')
        .map((id) => [id, localizer.text(messages, 'fileAnswerMissing')] as const),
    );
  }

  async send(host: LoginHost, session: Session, o: { readonly add: boolean }): Promise<void> {
    if (!this.#found) {
      await this.#read(host, [...this.#texts, host.input('file')]);
      return;
    }
    let add = o.add;
    // All at once: the fields leave the page with the first sign-in.
    const answers = [...this.#chosen].map(
      (cloud) => [cloud, cloud.asks && new Secret(host.input(this.#id(cloud)))] as const,
    );
    const failures: unknown[] = [];
    for (const [cloud, answer] of answers) {
      const open = session.connections;
      try {
        await session.signIn(cloud.credential(answer), {
          add,
          authUrl: cloud.authUrl,
          projectId: cloud.project.id,
          region: cloud.region,
        });
        this.#chosen.delete(cloud);
        // A one-time code, a new password or a choice of project comes first; the others go on after it.
        if (!(await comesTo(session, 'signed-in', 'choosing'))) return;
        await openNamed(session, cloud, add, open);
        if (!(await comesTo(session, 'signed-in'))) return;
        add = true;
      } catch (error) {
        if (!isOpenStackError(error)) throw error;
        // One that is wrong, or down, keeps nobody out of the others.
        failures.push(refine(error, { attempt: { ...error.attempt, name: cloud.name } }));
      }
    }
    if (failures.length > 0) throw failures[0];
    this.#reset();
  }

  #reset(): void {
    this.#found = undefined;
    this.#problem = undefined;
    this.#texts = [];
    this.#chosen.clear();
  }

  #id(cloud: FoundCloud): string {
    return `answer-${(this.#found ?? []).indexOf(cloud)}`;
  }

  async #read(host: LoginHost, texts: readonly string[]): Promise<void> {
    const filled = texts.filter((text) => text.trim() !== '');
    this.#problem = undefined;
    if (filled.some((text) => text.length > LONGEST)) this.#problem = 'fileTooLong';
    else if (filled.some(isCloudsYaml))
      this.#take((await readCloudsYaml(filled.filter(isCloudsYaml))).clouds);
    else this.#take(filled.filter(isOpenrc).map(readOpenrc));
    host.requestUpdate();
  }

  #take(found: readonly (FoundCloud | FileProblem)[]): void {
    const usable = found.filter(isUsable);
    if (found.length === 0) this.#problem = 'fileUnknown';
    else {
      this.#found = found;
      this.#chosen = new Set(usable.length === 1 ? usable : []);
    }
    this.#texts = [];
  }

  async #open(host: LoginHost, files: FileList | undefined | null): Promise<void> {
    const small = [...(files ?? [])].filter(({ size }) => size <= LONGEST);
    if (files && small.length < files.length) this.#problem = 'fileTooLong';
    if (small.length > 0) await this.#read(host, await Promise.all(small.map((file) => file.text())));
    else host.requestUpdate();
  }

  #ask(host: LoginHost): TemplateResult {
    const { localizer } = host;
    const problem = host.problems.get('file') ?? (this.#problem && localizer.text(messages, this.#problem));
    return html`<p class="quiet-text">${localizer.text(messages, 'fileHint')}</p>
      <div
        class="drop"
        @dragover=${(event: DragEvent) => {
          event.preventDefault();
        }}
        @drop=${(event: DragEvent) => {
          event.preventDefault();
          void this.#open(host, event.dataTransfer?.files);
        }}
      >
        ${field(
          localizer,
          { id: 'file', label: localizer.text(messages, 'fileText'), problem },
          ({ id, describedBy, invalid }) =>
            html`<textarea
              id=${id}
              rows="6"
              class="mono"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              aria-describedby=${describedBy}
              aria-invalid=${invalid}
              @input=${() => {
                this.#problem = undefined;
                host.type(id, '');
              }}
            ></textarea>`,
        )}
        <label class="pick"
          ><span class="visually-hidden">${localizer.text(messages, 'filePick')}</span
          ><input
            type="file"
            multiple
            @change=${(event: Event) => {
              if (event.target instanceof HTMLInputElement) void this.#open(host, event.target.files);
            }}
        /></label>
      </div>`;
  }

  #confirm(host: LoginHost, found: readonly (FoundCloud | FileProblem)[]): TemplateResult {
    const { localizer } = host;
    const usable = found.filter(isUsable);
    const problem = host.problems.get('choice');
    return html`<fieldset class="found">
        <legend class="quiet-text">
          <span role="status"
            >${
              usable.length === 0
                ? localizer.text(messages, 'fileNone')
                : localizer.text(messages, 'fileFound', { count: usable.length })
            }</span
          >
        </legend>
        ${usable.map((cloud) => this.#cloud(host, cloud, usable.length > 1))}
        ${found.map((each) =>
          isUsable(each)
            ? nothing
            : notice({ tone: 'info', heading: each.name, text: problemText(localizer, each) }),
        )}
        <div aria-live="polite" class="problem">${problem}</div>
      </fieldset>
      <button
        type="button"
        class="quiet"
        @click=${() => {
          this.#reset();
          host.requestUpdate();
        }}
      >
        ${localizer.text(messages, 'fileOther')}
      </button>`;
  }

  #cloud(host: LoginHost, cloud: FoundCloud, several: boolean): TemplateResult {
    const { localizer } = host;
    const chosen = this.#chosen.has(cloud);
    const id = this.#id(cloud);
    const about = [
      cloud.user,
      cloud.project.name && localizer.text(messages, 'fileProject', { projectName: cloud.project.name }),
      cloud.region && localizer.text(messages, 'fileRegion', { regionName: cloud.region }),
    ];
    const words = html`<span
      ><strong>${cloud.name}</strong><span class="project-note">${cloud.authUrl}</span
      ><span class="project-note">${about.filter(Boolean).join(' · ')}</span></span
    >`;
    return html`<div class="cloud">
      ${
        several
          ? html`<label class="check"
              ><input
                type="checkbox"
                id="use-${id}"
                .checked=${chosen}
                @change=${() => {
                  if (!this.#chosen.delete(cloud)) this.#chosen.add(cloud);
                  host.type('choice', '');
                  // A cloud that is chosen may have something to ask.
                  host.requestUpdate();
                }}
              />${words}</label
            >`
          : words
      }
      ${
        chosen && cloud.asks
          ? passwordField(localizer, {
              id,
              label:
                cloud.asks === 'password'
                  ? localizer.text(messages, 'filePassword', { user: cloud.user ?? cloud.name })
                  : localizer.text(messages, 'fileSecret'),
              autocomplete: 'off',
              problem: host.problems.get(id),
              onInput: () => {
                host.type(id, '');
              },
            })
          : nothing
      }
    </div>`;
  }
}

/** Waits until the session is in one of some states; false when the sign-in was given up instead. */
function comesTo(session: Session, ...wanted: readonly SessionState['status'][]): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const { status } = session.state;
      const there = wanted.includes(status);
      if (there || status === 'signed-out' || status === 'expired') resolve(there);
      return there || status === 'signed-out' || status === 'expired';
    };
    if (look()) return;
    const stop = session.subscribe(() => {
      if (look()) stop();
    });
  });
}

/**
 * Opens the project that a file names. Where the session knows the account, or the cloud from another time, it has opened
 * the project people were in last.
 *
 * @param open what was open before: it stays, while what this sign-in has opened by itself gives way
 */
async function openNamed(
  session: Session,
  { project: { id, name }, region }: FoundCloud,
  add: boolean,
  open: Session['connections'],
): Promise<void> {
  const { state, current } = session;
  if (state.status !== 'choosing' && state.status !== 'signed-in') return;
  const wanted = state.projects.find(
    (each) => each.enabled && (id === undefined ? each.name === name : each.id === id),
  );
  if (!wanted || wanted.id === current?.project.id) return;
  const beside = add && (current === undefined || open.includes(current));
  await session.selectProject(wanted.id, { add: beside, region });
}

function problemText(localizer: Localizer, problem: FileProblem): string {
  return problem.kind === 'auth-type'
    ? localizer.text(messages, problem.kind, { value: problem.value })
    : localizer.text(messages, problem.kind);
}

function isUsable(each: FoundCloud | FileProblem): each is FoundCloud {
  return 'credential' in each;
}
