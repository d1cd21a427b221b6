// Fields of forms. Each kind is a module of its own, so that a page carries those that it shows.
export { field, type FieldControl, type FieldOptions } from './field-frame.js';
export { checkField, selectField, type SelectFieldOptions, type SelectOption } from './choice-field.js';
export { passwordField, textField, type PasswordFieldOptions, type TextFieldOptions } from './text-field.js';
