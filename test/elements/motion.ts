import { emulateMedia } from '@web/test-runner-commands';

/** Asks for reduced motion, unless the browser was started with it: only some can be asked later. */
export async function reduceMotion(): Promise<void> {
  const media = '(prefers-reduced-motion: reduce)';
  if (!matchMedia(media).matches) await emulateMedia({ reducedMotion: 'reduce' });
}
