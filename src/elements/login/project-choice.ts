import { html, nothing, type TemplateResult } from 'lit';
import { loginMessages } from '../../i18n/en/login.js';
import { searchBox } from '../../ui/search-box.js';
import { iconChevronRight } from '../../ui/icons.js';
import { errorNotice, notice } from '../../ui/notice.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { projectsFor, SEARCH_FROM, type LoginView } from './login.state.js';

/** The second step of signing in: one button for each project, with a search where there are many. */
export function projectChoice(
  host: OverlayHost,
  options: {
    readonly view: Extract<LoginView, { step: 'project' }>;
    readonly search: string;
    /** The project that is being opened. */
    readonly pending: string | undefined;
    readonly failure: unknown;
    readonly onSearch: (text: string) => void;
    readonly onChoose: (projectId: string) => void;
    readonly onLeave: () => void;
  },
): TemplateResult {
  const { localizer } = host;
  const { view, search, pending } = options;
  const text = (
    key: 'chooseProjectHint' | 'otherAccount' | 'searchProjects' | 'noProjects' | 'projectDisabled',
  ) => localizer.text(loginMessages, key);
  const found = projectsFor(view.projects, search, (a, b) => localizer.compare(a, b));
  const leave = html`<button type="button" class="quiet" @click=${options.onLeave}>
    ${text('otherAccount')}
  </button>`;
  const failure =
    options.failure === undefined ? nothing : errorNotice(host, options.failure, { urgent: true });

  if (view.projects.length === 0) {
    return html`${failure}
    ${notice({
      tone: 'info',
      heading: localizer.text(loginMessages, 'signedInAs', { user: view.user }),
      text: text('noProjects'),
      actions: leave,
    })}`;
  }
  return html`
    <p class="quiet-text">${text('chooseProjectHint')}</p>
    ${failure}
    ${
      view.projects.length < SEARCH_FROM
        ? nothing
        : html`${searchBox(localizer, { value: search, label: text('searchProjects'), onInput: options.onSearch })}
            <p class="visually-hidden" role="status">
              ${search === '' ? nothing : localizer.text(loginMessages, 'projectsFound', { count: found.length })}
            </p>`
    }
    ${found.length === 0 ? html`<p>${localizer.text(loginMessages, 'noProjectMatches', { text: search.trim() })}</p>` : nothing}
    <ul class="projects" part="projects">
      ${found.map((project) => {
        const off = !project.enabled;
        const note = off ? text('projectDisabled') : project.description;
        return html`<li>
          <button
            type="button"
            class="project"
            aria-disabled=${off || view.busy || pending !== undefined ? 'true' : nothing}
            aria-busy=${pending === project.id ? 'true' : nothing}
            @click=${() => {
              if (!off && !view.busy && pending === undefined) options.onChoose(project.id);
            }}
          >
            <span
              ><span class="project-name">${project.name}</span>${
                note ? html`<span class="project-note">${note}</span>` : nothing
              }</span
            >
            ${off ? nothing : iconChevronRight()}
          </button>
        </li>`;
      })}
    </ul>
    <div class="actions">${leave}</div>
  `;
}
