import type { StorybookConfig } from '@storybook/web-components-vite';

const config: StorybookConfig = {
  stories: ['../stories/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  framework: { name: '@storybook/web-components-vite', options: {} },
  staticDirs: [{ from: '../themes', to: '/themes' }],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  viteFinal(vite) {
    // One copy of Lit: Storybook imports directive-helpers itself, and what is not pre-bundled with it comes twice.
    const include = [
      ...(vite.optimizeDeps?.include ?? []),
      'lit',
      'lit/directive-helpers.js',
      'lit/directive.js',
      'lit/async-directive.js',
      'lit/directives/class-map.js',
      'lit/directives/if-defined.js',
      'lit/directives/live.js',
      'lit/directives/ref.js',
      'lit/directives/repeat.js',
      '@lit/context',
    ];
    return { ...vite, optimizeDeps: { ...vite.optimizeDeps, include } };
  },
};

export default config;
