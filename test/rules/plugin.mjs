import cspSafeTemplates from './csp-safe-templates.mjs';
import fetchInTransportOnly from './fetch-in-transport-only.mjs';
import noClimbingImport from './no-climbing-import.mjs';
import noSentenceOutsideI18n from './no-sentence-outside-i18n.mjs';
import zodMiniOnly from './zod-mini-only.mjs';

/** The project's own ESLint rules; eslint.config.mjs turns them on for src. */
export default {
  meta: { name: 'exo' },
  rules: {
    'csp-safe-templates': cspSafeTemplates,
    'fetch-in-transport-only': fetchInTransportOnly,
    'no-climbing-import': noClimbingImport,
    'no-sentence-outside-i18n': noSentenceOutsideI18n,
    'zod-mini-only': zodMiniOnly,
  },
};
