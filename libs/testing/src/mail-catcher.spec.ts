import { createTransport } from 'nodemailer';
import { startMailCatcher } from './index.js';

it('catches a mail as its reader would see it', async () => {
  const catcher = await startMailCatcher();
  const transport = createTransport(catcher.url);
  await transport.sendMail({
    from: 'a@example.test',
    to: 'b@example.test',
    subject: 'Grüße',
    text: 'Zeile 1\nZeile 2 – Ende',
    messageId: '<1@example.test>',
  });
  expect(catcher.mails).toMatchObject([
    {
      recipients: ['b@example.test'],
      subject: 'Grüße',
      text: 'Zeile 1\nZeile 2 – Ende\n',
      messageId: '<1@example.test>',
    },
  ]);
  await catcher.stop();
});

it('refuses the recipient it was told to refuse', async () => {
  const catcher = await startMailCatcher({ refuses: 'gone@example.test' });
  const sending = createTransport(catcher.url).sendMail({ from: 'a@example.test', to: 'gone@example.test' });
  await expect(sending).rejects.toMatchObject({ responseCode: 550 });
  expect(catcher.mails).toEqual([]);
  await catcher.stop();
});
