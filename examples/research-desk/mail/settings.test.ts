import { describe, expect, test } from 'vitest';
import { mailSettings } from './settings.js';

const people = { BATON_MAIL_FROM: 'desk@example.org', BATON_MAIL_TO: 'Ada <ada@example.org>' };

describe('mailSettings', () => {
  test('without SMTP_URL reports become files', () => {
    expect(mailSettings({})).toEqual({
      server: undefined,
      destination: {
        by: 'file',
        from: 'Research desk <research-desk@baton.invalid>',
        to: 'reader@research-desk.baton.invalid',
      },
    });
    expect(mailSettings(people).destination).toMatchObject({ by: 'file', to: 'Ada <ada@example.org>' });
  });

  test('SMTP_URL: user and password are decoded, and never shown', () => {
    const { server, destination } = mailSettings({
      ...people,
      SMTP_URL: 'smtp://ada%40example.org:p%2Fw%3A%40@mail.example.org',
    });
    expect(server).toMatchObject({
      host: 'mail.example.org',
      port: 587,
      secure: false,
      loopback: false,
      auth: { user: 'ada@example.org', pass: 'p/w:@' },
    });
    expect(server?.shown).toBe('smtp://mail.example.org:587');
    expect(destination.by).toBe('smtp://mail.example.org:587');
  });

  test.each([
    ['smtps://mail.example.org', { port: 465, secure: true, auth: undefined }],
    ['smtp://127.0.0.1:1025', { host: '127.0.0.1', port: 1025, loopback: true }],
    ['smtp://[::1]:1025/', { host: '::1', loopback: true, shown: 'smtp://[::1]:1025' }],
  ])('SMTP_URL: %s is a server', (url, server) => {
    expect(mailSettings({ ...people, SMTP_URL: url }).server).toMatchObject(server);
  });

  test.each([
    'mail.example.org',
    'http://mail.example.org',
    'smtp://',
    'smtp://:25',
    'smtp://host:99999',
    'smtp://host:0',
    'smtp://secret@host',
    'smtp://:secret@host',
    'smtp://user:secret%@host',
    'smtp://user:se#cret@host',
    'smtp://user:secret@host/inbox',
    'smtp://user:secret@host?x=secret',
  ])('BAD_CONFIG for SMTP_URL %s, without showing a possible password', (url) => {
    expect(() => mailSettings({ ...people, SMTP_URL: url })).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG', message: expect.not.stringContaining('secret') }),
    );
  });

  test.each(['BATON_MAIL_FROM', 'BATON_MAIL_TO'])('BAD_CONFIG for a malformed %s', (variable) => {
    expect(() => mailSettings({ ...people, [variable]: 'a@b.org\r\nBcc: c@d.org' })).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringContaining(variable) }),
    );
  });

  test('BAD_CONFIG when a server on another machine has no recipient', () => {
    expect(() => mailSettings({ SMTP_URL: 'smtp://mail.example.org' })).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringContaining('BATON_MAIL_FROM') }),
    );
    expect(() => mailSettings({ SMTP_URL: 'smtp://localhost:1025' })).not.toThrow();
  });
});
