import { defineMessages } from '../messages.js';

/** What is done in a dialog, as commands: loaded with the dialog. */
export const commandMessages = defineMessages('command', {
  asCommand: 'As a command line',
  commands: 'Commands',
  theCommands: 'the commands',
});
