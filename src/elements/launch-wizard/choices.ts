/** What is loaded once somebody opens one of the answers: everything one level down. */
export { advancedChoice } from './advanced-choice.js';
export { choicesStyles } from './choices.styles.js';
export { countChoice } from './count-choice.js';
export { ExtraFacts } from './extra-facts.js';
export { imageChoice } from './image-choice.js';
export { keyChoice } from './key-choice.js';
export { networkChoice } from './network-choice.js';
export { sizeChoice } from './size-choice.js';
export { storageChoice } from './storage-choice.js';
