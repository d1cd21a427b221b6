import { defineMessages } from '../messages.js';

/** The texts of the ways in of `<exo-login>` beside user name and password. */
export const loginMoreMessages = defineMessages('login-more', {
  credentialHint:
    'Made on the {cloud}’s own page or by the command openstack application credential create, for programs and devices.',
  credentialId: 'Credential id or name',
  credentialIdMissing: 'Enter the id or the name of the credential.',
  credentialUser: 'User name',
  credentialUserHint: 'Only with a name: whose credential it is. With an id, leave it empty.',
  credentialDomainHint: 'Only with a name.',
  secret: 'Secret',
  secretMissing: 'Enter the secret of the credential.',

  fileHint:
    'Most {cloud.many} let you download a file called openrc.sh or clouds.yaml. Paste it here, or drop it. It stays in your browser, and nothing in it is run.',
  fileText: 'openrc or clouds.yaml',
  filePick: 'Choose files',
  fileMissing: 'Paste a file, or choose one.',
  fileUnknown:
    'This is neither an openrc file nor a clouds.yaml. An openrc file has lines such as export OS_AUTH_URL=…',
  fileTooLong: 'This is too long for such a file.',
  fileFound: (w, { count }: { count: number }) =>
    w.plural(count, {
      one: 'One way in was found. Check it, then sign in.',
      other: '{n} ways in were found. Choose those to sign in with.',
    }),
  fileNone: 'There is no way in to use in this file.',
  fileContinue: 'Continue',
  fileOther: 'Use another file',
  fileProject: '{Project}: {projectName}',
  fileRegion: '{Region}: {regionName}',
  filePassword: 'Password for {user}',
  fileSecret: 'Secret of the application credential',
  fileAnswerMissing: 'Enter it: the file leaves it out.',
  fileChoose: 'Choose at least one.',
  'no-auth-url': 'The file does not say where the identity service is.',
  'no-user': 'The file does not say who signs in.',
  'no-secret': 'The file holds no token.',
  'auth-type': 'The file signs in by “{value}”, which this page cannot do.',

  codeHeading: 'One more step',
  codeHint: '{user}: type the code that your authenticator app shows now.',
  code: 'One-time code',
  codeMissing: 'Enter the code.',
  codeSend: 'Confirm',

  newPasswordHeading: 'Set a new password',
  newPasswordHint: 'The password of {user} is too old. Choose a new one to go on.',
  newPassword: 'New password',
  newPasswordAgain: 'New password, again',
  newPasswordMissing: 'Enter a new password.',
  newPasswordDiffers: 'The two are not the same.',
  newPasswordSend: 'Set password and sign in',
});
