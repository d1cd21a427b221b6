import { type Preview, setCustomElementsManifest } from '@storybook/web-components-vite';
import manifest from '../custom-elements.json' with { type: 'json' };

setCustomElementsManifest(manifest);

const THEMES = ['none', 'light', 'dark', 'institution'] as const;

const preview: Preview = {
  parameters: { a11y: { test: 'error' }, layout: 'padded' },
  tags: ['autodocs'],
  globalTypes: {
    theme: {
      description: 'A theme file of the kit',
      toolbar: { title: 'Theme', icon: 'paintbrush', items: [...THEMES], dynamicTitle: true },
    },
    direction: {
      description: 'Writing direction',
      toolbar: { title: 'Direction', items: ['ltr', 'rtl'], dynamicTitle: true },
    },
  },
  initialGlobals: { theme: 'none', direction: 'ltr' },
  decorators: [
    (story, { globals }) => {
      const { theme, direction } = globals as { theme: string; direction: string };
      document.documentElement.dir = direction;
      let link = document.querySelector<HTMLLinkElement>('link[data-theme]');
      if (!link) {
        link = document.createElement('link');
        link.rel = 'stylesheet';
        link.dataset['theme'] = '';
        document.head.append(link);
      }
      link.disabled = theme === 'none';
      if (theme !== 'none') link.href = `/themes/${theme}.css`;
      return story();
    },
  ],
};

export default preview;
