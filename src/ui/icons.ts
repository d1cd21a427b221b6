import { icon } from './icon.js';

/*
 * Shapes of Lucide (https://lucide.dev, ISC licence, Copyright (c) Lucide Contributors), each as one path on
 * a grid of 24. Functions, so that a bundle holds only the icons it calls. Decorative: the word is beside them.
 */

// Those that only menus and forms show come with these.
export {
  iconCpu,
  iconEye,
  iconEyeOff,
  iconKey,
  iconMemory,
  iconNetwork,
  iconShield,
  iconTerminal,
} from './icons-more.js';

const RING = 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20';

export const iconPlus = () => icon('M5 12h14M12 5v14');
export const iconClose = () => icon('M18 6 6 18M6 6l12 12');
export const iconCheck = () => icon('M20 6 9 17l-5-5');
export const iconCopy = () =>
  icon(
    'M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2',
  );
export const iconDownload = () => icon('M12 15V3M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5');
export const iconTrash = () =>
  icon(
    'M10 11v6M14 11v6M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M3 6h18M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2',
  );
export const iconPlay = () =>
  icon('M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z');
export const iconStop = () => icon('M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2');
export const iconRestart = () => icon('M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8M21 3v5h-5');
export const iconRefresh = () =>
  icon(
    'M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8M21 3v5h-5M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16M8 16H3v5',
  );
export const iconMore = () =>
  icon(
    'M12 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2M12 4a1 1 0 1 0 0 2 1 1 0 0 0 0-2M12 18a1 1 0 1 0 0 2 1 1 0 0 0 0-2',
  );
export const iconChevronDown = () => icon('m6 9 6 6 6-6');
export const iconChevronRight = () => icon('m9 18 6-6-6-6', 'mirrored');
export const iconArrowBack = () => icon('m12 19-7-7 7-7M19 12H5', 'mirrored');
export const iconArrowUp = () => icon('m5 12 7-7 7 7M12 19V5');
export const iconArrowDown = () => icon('M12 5v14M19 12l-7 7-7-7');
export const iconSort = () => icon('m7 15 5 5 5-5M7 9l5-5 5 5');
export const iconSuccess = () => icon(`${RING}M16 9l-5.5 5.5L8 12`);
export const iconError = () => icon(`${RING}M12 8v4M12 16h.01`);
export const iconWarning = () =>
  icon('m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01');
export const iconInfo = () => icon(`${RING}M12 16v-4M12 8h.01`);
export const iconFailed = () => icon(`${RING}M15 9l-6 6M9 9l6 6`);
export const iconHelp = () => icon(`${RING}M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3M12 17h.01`);
export const iconPaused = () => icon(`${RING}M10 15V9M14 15V9`);
export const iconClock = () => icon(`${RING}M12 6v6l4 2`);
export const iconOff = () => icon('M12 2v10M18.4 6.6a9 9 0 1 1-12.77.04');
export const iconUnknown = () =>
  icon(
    'M10.1 2.182a10 10 0 0 1 3.8 0M13.9 21.818a10 10 0 0 1-3.8 0M17.609 3.721a10 10 0 0 1 2.69 2.7M2.182 13.9a10 10 0 0 1 0-3.8M20.279 17.609a10 10 0 0 1-2.7 2.69M21.818 10.1a10 10 0 0 1 0 3.8M3.721 6.391a10 10 0 0 1 2.7-2.69M6.391 20.279a10 10 0 0 1-2.69-2.7',
  );
/** Turns by itself; the class is styled with the controls. */
export const iconBusy = () => icon('M21 12a9 9 0 1 1-6.219-8.56', 'turning');
export const iconSignOut = () =>
  icon('m16 17 5-5-5-5M21 12H9M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4', 'mirrored');
export const iconSignIn = () =>
  icon('m10 17 5-5-5-5M15 12H3M15 3h4a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-4', 'mirrored');
export const iconSearch = () => icon('m21 21-4.34-4.34M11 3a8 8 0 1 0 0 16 8 8 0 0 0 0-16');
export const iconServer = () =>
  icon(
    'M4 2h16a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2M4 14h16a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2M6 6h.01M6 18h.01',
  );
export const iconCloud = () => icon('M17.5 19H9a7 7 0 1 1 6.71-9h1.79a4.5 4.5 0 1 1 0 9Z');
export const iconFolder = () =>
  icon(
    'M20 20a2 2 0 0 0 2-2V8a2 2 0 0 0-2-2h-7.9a2 2 0 0 1-1.69-.9L9.6 3.9A2 2 0 0 0 7.93 3H4a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2Z',
  );
export const iconExternal = () =>
  icon('M15 3h6v6M10 14 21 3M18 13v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6', 'mirrored');
export const iconDisk = () =>
  icon(
    'M10 16h.01M2.212 11.577a2 2 0 0 0-.212.896V18a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-5.527a2 2 0 0 0-.212-.896L18.55 5.11A2 2 0 0 0 16.76 4H7.24a2 2 0 0 0-1.79 1.11zM21.946 12.013H2.054M6 16h.01',
  );
export const iconUser = () =>
  icon('M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2M12 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8');
export const iconGlobe = () => icon(`${RING}M12 2a14.5 14.5 0 0 0 0 20 14.5 14.5 0 0 0 0-20M2 12h20`);
export const iconLock = () =>
  icon('M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2M7 11V7a5 5 0 0 1 10 0v4');
export const iconOffline = () =>
  icon(
    'M12 20h.01M8.5 16.429a5 5 0 0 1 7 0M5 12.859a10 10 0 0 1 5.17-2.69M19 12.859a10 10 0 0 0-2.007-1.523M2 8.82a15 15 0 0 1 4.177-2.643M22 8.82a15 15 0 0 0-11.288-3.764M2 2l20 20',
  );
export const iconFilter = () => icon('M22 3H2l8 9.46V19l4 2v-8.54z');
export const iconSettings = () =>
  icon('M20 7h-9M14 17H5M20 17a3 3 0 1 1-6 0 3 3 0 0 1 6 0M10 7a3 3 0 1 1-6 0 3 3 0 0 1 6 0');
