import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { ClaimEmails } from './email/claim-emails.js';
import { ComposeMail } from './email/compose-mail.js';
import { EmailConsumer } from './email/email.consumer.js';
import { EmailController } from './email/email.controller.js';
import { EmailLoop } from './email/email-loop.js';
import { EmailOutbox } from './email/email-outbox.js';
import { ListEmails } from './email/list-emails.js';
import { MailLinks } from './email/mail-links.js';
import { Mailer } from './email/mailer.js';
import { RevealLink } from './email/reveal-link.js';
import { SendEmail } from './email/send-email.js';
import { Announce } from './notice/announce.js';
import { AnnounceDeletions } from './notice/announce-deletions.js';
import { ListNotices } from './notice/list-notices.js';
import { NoticeConsumer } from './notice/notice.consumer.js';
import { NoticeController } from './notice/notice.controller.js';
import { MarkNoticeRead } from './notice/mark-notice-read.js';
import { RecordNotices } from './notice/record-notices.js';

/** What partners hear, in their list of notices and by e-mail, and what became of every e-mail. */
@Module({
  imports: [DatabaseModule.forService('messaging')],
  controllers: [NoticeConsumer, EmailConsumer, NoticeController, EmailController],
  providers: [
    Announce,
    AnnounceDeletions,
    RecordNotices,
    ListNotices,
    MarkNoticeRead,
    EmailOutbox,
    EmailLoop,
    ClaimEmails,
    SendEmail,
    ComposeMail,
    Mailer,
    MailLinks,
    ListEmails,
    RevealLink,
  ],
})
export class MessagingModule {}
