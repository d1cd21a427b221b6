import { defineMessages } from '../messages.js';

/** What is wrong with a recipe of `<exo-quick-launch>`, for the people who run the page; attributes keep their names. */
export const quickLaunchOwnerMessages = defineMessages('quick-launch-owner', {
  owner: 'For the people who run this page',
  image:
    'image="{name}" is neither the name nor the id of an {image} that the {project} {projectName} can start from. A name that ends in * stands for the newest that begins so.',
  size: 'size="{name}" is neither the name nor the id of a {size} that the {project} {projectName} may use.',
  profile: 'profile="{name}" is none of launch.profiles in the configuration.',
  type: 'type="{name}" is none of launch.types in the configuration.',
  unfilled:
    'No {image} that the {project} {projectName} can start from fits a version of “{name}” in launch.types.',
  meant: 'Is “{name}” meant?',
});
