import { after, describe, it } from 'node:test';
import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import plugin from './plugin.mjs';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
RuleTester.afterAll = after;

const tester = new RuleTester({ languageOptions: { parser: tseslint.parser, sourceType: 'module' } });

/** A case as `[path below src, code]`; an invalid one adds the messages it ends in. */
const run = (name, { silent, fires }) =>
  tester.run(name, plugin.rules[name], {
    valid: silent.map(([file, code]) => ({ filename: `/repo/src/${file}`, code })),
    invalid: fires.map(([file, code, ...messageIds]) => ({
      filename: `/repo/src/${file}`,
      code,
      errors: messageIds.map((messageId) => ({ messageId })),
    })),
  });

run('fetch-in-transport-only', {
  silent: [
    ['openstack/transport.ts', 'const answer = await fetch(url);'],
    ['simulator/serve.ts', 'await globalThis.fetch(url);'],
    ['session/session.ts', 'export const ask = (fetch) => fetch(url);'],
    ['session/session.ts', 'await cloud.fetch(request);'],
    ['session/session.ts', 'interface Options { fetch?: typeof globalThis.fetch; other?: typeof fetch }'],
    ['session/session.ts', 'new Transport({ fetch: options.fetch });'],
  ],
  fires: [
    ['openstack/compute.ts', 'await fetch(url);', 'door'],
    ['elements/login/login.ts', 'await window.fetch(url);', 'door'],
    ['session/session.ts', 'const ask = globalThis["fetch"];', 'door'],
    ['live/poller.ts', 'const request = new XMLHttpRequest();', 'door'],
    ['ui/base-element.ts', 'navigator.sendBeacon(url);', 'door'],
    ['loader.ts', 'const get = fetch; get(url);', 'door'],
    ['simulator-like/x.ts', 'new WebSocket(url);', 'door'],
  ],
});

run('no-climbing-import', {
  silent: [
    ['openstack/compute.ts', "import { Transport } from './transport.js';"],
    ['live/servers.ts', "import { ComputeClient } from '../openstack/compute.js';"],
    ['session/context.ts', "import { createContext } from '@lit/context';"],
    ['launch/plan.ts', "import { Session } from '../session/session.js';"],
    ['elements/login/login.ts', "import { html } from 'lit'; import { field } from '../../ui/field.js';"],
    ['ui/status.ts', "import type { ServerStatus } from '../openstack/compute.js';"],
    ['i18n/errors.ts', "import type { OpenStackError } from '../openstack/errors.js';"],
    [
      'simulator/nova.ts',
      "import type { Server } from '../openstack/compute.js'; import { Hono } from 'hono/tiny';",
    ],
    ['simulator/serve.ts', "import { serve } from '@hono/node-server'; import { env } from 'node:process';"],
    ['define.ts', "import { ExoLogin } from './elements/login/login.js';"],
    ['loader.ts', "const load = () => import('./elements/exo-login.js');"],
    ['index.ts', "export type { Cloud } from './simulator/cloud.js';"],
  ],
  fires: [
    ['openstack/compute.ts', "import { Collection } from '../live/collection.js';", 'climbs'],
    ['openstack/compute.ts', "import type { Session } from '../session/session.js';", 'climbs'],
    ['openstack/compute.ts', "import { html } from 'lit';", 'package'],
    ['openstack/schema.ts', "import * as z from 'zod/mini';", 'package'],
    ['live/collection.ts', "export * from '../session/session.js';", 'climbs'],
    ['live/collection.ts', "import { ContextRoot } from '@lit/context';", 'package'],
    ['session/session.ts', "const x = import('../elements/exo-login.js');", 'climbs'],
    ['session/session.ts', "import { Localizer } from '../i18n/localizer.js';", 'types'],
    ['launch/plan.ts', "export { x } from '../elements/x.js';", 'climbs'],
    ['ui/status.ts', "import { SERVER_STATUSES } from '../openstack/compute.js';", 'types'],
    ['ui/status.ts', "let s: import('../session/session.js').Session;", 'climbs'],
    ['i18n/errors.ts', "import { button } from '../ui/button.js';", 'climbs'],
    ['simulator/nova.ts', "import { Catalog } from '../openstack/catalog.js';", 'types'],
    ['elements/login/login.ts', "import { createCloud } from '../../simulator/cloud.js';", 'climbs'],
    ['elements/login/login.ts', "import { defineAll } from '../../define.js';", 'climbs'],
    ['define.ts', "import { createCloud } from './simulator/cloud.js';", 'types'],
    ['define.ts', "import { x } from '../test/x.js';", 'climbs'],
  ],
});

run('zod-mini-only', {
  silent: [
    ['openstack/schema.ts', "import * as z from 'zod/mini'; z.object({});"],
    ['session/config.ts', 'session.config(); this.config();'],
  ],
  fires: [
    ['openstack/schema.ts', "import { z } from 'zod';", 'full'],
    ['openstack/schema.ts', "import * as z from 'zod/v4';", 'full'],
    ['openstack/schema.ts', "export { z } from 'zod';", 'full'],
    ['openstack/schema.ts', "const z = await import('zod');", 'full'],
    ['openstack/schema.ts', "import * as z from 'zod/mini'; z.config({ jitless: true });", 'config'],
  ],
});

run('csp-safe-templates', {
  silent: [
    ['elements/x.ts', 'html`<div class="style" data-style="x" ${styleProps({ "--x": y })}>${z}</div>`'],
    ['elements/x.ts', 'css`:host { --style: none }`; element.style.setProperty("--x", "1px");'],
    ['elements/x.ts', "import { repeat } from 'lit/directives/repeat.js'; this.write(x);"],
  ],
  fires: [
    ['elements/x.ts', 'html`<div style="color: red"></div>`', 'attribute'],
    ['elements/x.ts', 'html`<div class="a" style=${x}></div>`', 'attribute'],
    ['elements/x.ts', 'svg`<path style="fill: red"/>`', 'attribute'],
    ['elements/x.ts', 'html`<style>:host{}</style>`', 'element'],
    ['elements/x.ts', 'html`<p></p><script src="x"></script>`', 'element'],
    ['elements/x.ts', "import { styleMap } from 'lit/directives/style-map.js';", 'import'],
    ['elements/x.ts', "import { unsafeHTML as raw } from 'lit/directives/unsafe-html.js';", 'import'],
    ['elements/x.ts', 'html`<p .innerHTML=${x}></p>`', 'sink'],
    ['elements/x.ts', 'element.innerHTML = x;', 'sink'],
    ['elements/x.ts', 'element.insertAdjacentHTML("beforeend", x);', 'sink'],
    ['elements/x.ts', 'element.setAttribute("style", x);', 'attribute'],
  ],
});

run('no-sentence-outside-i18n', {
  silent: [
    [
      'elements/x.ts',
      'html`<button title=${t("stop")} aria-label="${t("x")}">${t("stop")} · × ${n} → …</button>`',
    ],
    [
      'elements/x.ts',
      'html`<!-- Why this is here --><p class="not a Sentence" part="row-name">&nbsp;${a}</p>`',
    ],
    ['elements/x.ts', 'html`<p data-x="a > b">${x}</p>`'],
    ['elements/x.ts', 'throw new TypeError("The prefix needs a letter");'],
    ['elements/x.ts', 'console.warn("Two versions of the kit");'],
    [
      'elements/x.ts',
      'css`:host { content: "Hello there" }`; addEventListener("click", f); const x = "first second";',
    ],
    [
      'elements/x.ts',
      "import { x } from './A file.js'; const id = 'ACTIVE'; const key = 'Enter'; const n = 'X-Auth-Token';",
    ],
    ['openstack/transport.ts', 'const message = "The answer is not JSON";'],
    ['i18n/en/login.ts', 'const login = { title: "Sign in to the cloud" };'],
  ],
  fires: [
    ['elements/x.ts', 'html`<button>Stop</button>`', 'words'],
    ['elements/x.ts', 'html`<p>${n} instances</p>`', 'words'],
    ['elements/x.ts', 'html`<p>Größe</p>`', 'words'],
    ['elements/x.ts', 'html`<button aria-label="Close"></button>`', 'words'],
    ['elements/x.ts', 'html`<input placeholder="your name" title=${x}>`', 'words'],
    ['ui/x.ts', 'svg`<title>Stopped</title>`', 'words'],
    ['ui/x.ts', 'button.title = "Copy";', 'words'],
    ['ui/x.ts', 'node.textContent = "copied";', 'words'],
    ['ui/x.ts', 'node.setAttribute("aria-label", "Close");', 'words'],
    ['elements/x.ts', 'const label = "Delete this instance?";', 'words'],
    ['elements/x.ts', 'const label = `Delete ${name}?`;', 'words'],
    ['loader.ts', 'html`<p>Loading the kit</p>`', 'words'],
  ],
});
