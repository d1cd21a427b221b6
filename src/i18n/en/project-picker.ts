import { defineMessages } from '../messages.js';

/** The texts of `<exo-project-picker>`. */
export const projectPickerMessages = defineMessages('project-picker', {
  label: '{Project.many} and {cloud.many}',
  heading: 'Where do you work?',
  choose: 'Choose a {project}',
  search: 'Search {project.many} and {cloud.many}',
  found: (w, { count }: { count: number }) =>
    w.plural(count, {
      one: `{n} ${w.noun('project')} found`,
      other: `{n} ${w.noun('project', 'many')} found`,
    }),
  noMatch: 'No {project} matches “{query}”.',
  as: 'as {user}',
  ended: 'This sign-in has run out.',
  signInAgain: 'Sign in again',
  leave: 'Sign out',
  leaveOf: 'Sign out {user} at {cloudName}',
  goTo: 'Go to {projectName}',
  current: 'You are here',
  show: 'Show {projectName} in lists over all {project.many}',
  onlyOne: 'One {project} stays open as long as you are signed in.',
  disabled: 'Switched off. Whoever runs the {cloud} can say why, and switch it on again.',
  noProjects: 'This account has no {project} yet. Whoever runs the {cloud} can give it one.',
  others: (w, { count }: { count: number }) => `and ${w.number(count)} more`,
  regions: '{Region.many} of {projectName}',
  switching: 'Going to {projectName}…',
  switched: 'You are in {projectName} now.',
  added: '{projectName} is shown as well.',
  closed: '{projectName} is not shown any more.',
  add: 'Add an account or {cloud}',
  hint: 'Tick several to see them together in lists; choose a name to work there.',
});
