// The portal's own script. It knows the kit only by its tags and its events.
(() => {
  const page = document.documentElement;
  const THEMES = ['light', 'dark', 'lakeside'];

  /** Before the first paint: this script blocks, so nobody sees a flash of another theme. */
  function useTheme(theme) {
    page.dataset.theme = theme;
    document.getElementById('theme').href = `kit/themes/${theme}.css`;
  }

  function savedTheme() {
    const saved = localStorage.getItem('portal-theme');
    if (THEMES.includes(saved)) return saved;
    return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }

  /** Shows what belongs to a state of the session. */
  function showSession(status) {
    // Whoever signs in sees the form until it has worked, and whoever signs in again keeps what was there.
    const under = ['signing-in', 'second-factor', 'password-expired'].includes(status);
    if (under && page.dataset.session !== 'loading') return;
    // Who adds an account stays where they are until it is there.
    if (document.getElementById('one-more')?.open && status !== 'signed-in' && status !== 'signed-out')
      return;
    const state = ['restoring', 'signed-in', 'expired'].includes(status) ? status : 'signed-out';
    const before = page.dataset.session;
    page.dataset.session = state;
    for (const part of document.querySelectorAll('[data-when]')) {
      part.hidden = !part.dataset.when.split(' ').includes(state);
    }
    // On a phone the form to sign in stands further down than what comes in its place.
    if (before === 'signed-out' && state === 'signed-in') scrollTo({ top: 0, behavior: 'instant' });
  }

  function showView() {
    const [asked, id, section] = location.hash.slice(1).replace(/\?.*/, '').split('/');
    const name = ['instance', 'new', 'access', 'diagnostics'].includes(asked) ? asked : 'instances';
    if (name === 'instance') {
      const details = document.querySelector('exo-instance');
      details.setAttribute('instance-id', id ?? '');
      details.setAttribute('section', section ?? 'overview');
    }
    // The details belong to the list.
    const tab = name === 'instance' ? 'instances' : name;
    for (const view of document.querySelectorAll('[data-view]')) view.hidden = view.dataset.view !== name;
    for (const link of document.querySelectorAll('[data-view-link]')) {
      if (link.dataset.viewLink === tab) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }

  useTheme(savedTheme());

  document.addEventListener('exo-session-change', ({ detail }) => {
    showSession(detail.status);
    document.getElementById('place').textContent = detail.project ? `Project ${detail.project.name}` : '';
  });

  // The list offers to launch, the wizard to go back, the status to sign in: where that happens is the page's business.
  const goTo = (view) => () => {
    location.hash = view;
    document.getElementById('content').focus();
  };
  // One instance has a page of its own, and each of its parts an address.
  document.addEventListener('exo-instance-open', (event) => {
    event.preventDefault();
    const { id, connection, section } = event.detail;
    document.querySelector('exo-instance').setAttribute('scope', connection);
    goTo(['instance', id, section].filter(Boolean).join('/'))();
  });
  document.addEventListener('exo-instance-section', ({ detail }) => {
    history.replaceState(null, '', `#instance/${detail.id}/${detail.section}`);
  });
  document.addEventListener('exo-instance-close', goTo('instances'));
  // A launch that was left is shown again, where it stands.
  document.addEventListener('exo-launch-open', ({ detail }) => {
    if (detail.launchId) void document.querySelector('exo-launch-wizard').showLaunch(detail.launchId);
    goTo('new')();
  });
  // Another one like an instance is chosen in the wizard, where that instance is.
  document.addEventListener('exo-launch-like', ({ detail }) => {
    const { session } = document.querySelector('exo-session');
    const place = session.connections.find(({ id }) => id === detail.connection);
    if (place && place !== session.current) session.use(place);
    void document.querySelector('exo-launch-wizard').launchLike(detail.wish);
    goTo('new')();
  });
  document.addEventListener('exo-launch-close', goTo('instances'));
  document.addEventListener('exo-diagnose-open', goTo('diagnostics'));
  document.addEventListener('exo-sign-in-open', ({ detail }) => {
    if (detail.add || page.dataset.session === 'signed-in') {
      signInBeside();
      return;
    }
    document.querySelector('exo-login').scrollIntoView({ block: 'center' });
    document.querySelector('exo-login').focus();
  });

  /** One more account, or one of several again, in a dialog over the page. */
  function signInBeside() {
    const dialog = document.getElementById('one-more');
    const login = document.createElement('exo-login');
    login.add = true;
    login.toggleAttribute('add', true);
    login.heading = 'Add an account';
    document.getElementById('one-more-form').replaceChildren(login);
    const { session } = document.querySelector('exo-session');
    const known = session.connections.length;
    const stop = session.subscribe(() => {
      const { status } = session.state;
      const arrived = status === 'signed-in' && (busy || session.connections.length > known);
      busy ||= status === 'signing-in' || status === 'choosing';
      if (arrived) dialog.close();
    });
    let busy = false;
    dialog.addEventListener(
      'close',
      () => {
        stop();
        login.remove();
        // Whoever gives up while choosing a project goes on where they were.
        if (session.state.status === 'choosing' && session.connections.length > 0) {
          session.use(session.connections[0]);
        } else session.cancelSignIn();
        showSession(session.state.status);
      },
      { once: true },
    );
    dialog.showModal();
    login.updateComplete?.then(() => login.focus());
  }

  document.addEventListener('DOMContentLoaded', () => {
    const choice = document.getElementById('theme-choice');
    choice.value = page.dataset.theme;
    choice.addEventListener('change', () => {
      localStorage.setItem('portal-theme', choice.value);
      useTheme(choice.value);
    });
    addEventListener('hashchange', showView);
    showView();
  });
})();
