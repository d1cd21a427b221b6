import { choiceStyles } from './choice.js';
import { fieldStyles } from './field.styles.js';
import { searchStyles } from './search-box.js';

/** The styles of every control, for an element that uses most of them; a smaller one names those it uses. */
export const controlStyles = [fieldStyles, choiceStyles, searchStyles];
