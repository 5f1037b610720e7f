import { assertSends } from '../support/source';

describe('smtplib', () => {
  it('sends messages; commands of the protocol are none', () =>
    assertSends(`
import smtplib
with smtplib.SMTP('h') as smtp:
    smtp.starttls()
    smtp.login('u', 'p')
    smtp.sendmail('a', 'b', 'c')  #> smtplib SMTP.sendmail
    smtp.send_message(message)  #> smtplib SMTP.send_message
    smtp.quit()
smtplib.SMTP_SSL('h').send_message(message)  #> smtplib SMTP_SSL.send_message
smtplib.LMTP('h').data('c')  #> smtplib LMTP.data
`));
});
