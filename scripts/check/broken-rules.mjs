/**
 * One file per import rule that breaks it, by the rule's name: [file, what it imports]. What it imports is made too.
 * Without a line here a rule is unproven, and the test beside this file says so.
 */
const floors = {
  app: 'bridge-worker/main.ts',
  'bridge-worker': 'app/_ui/button.tsx',
  'server/app-router': 'app/page.tsx',
  'server/onboarding': 'server/app-router.ts',
  'server/monitoring': 'server/onboarding/commands.ts',
  'server/inbound': 'server/delivery/commands.ts',
  'server/delivery': 'server/inbound/commands.ts',
  'server/routing': 'server/inbound/commands.ts',
  'server/conversations': 'server/routing/commands.ts',
  'server/menu': 'server/members/queries.ts',
  'server/members': 'server/menu/queries.ts',
  'server/outbox': 'server/channels/queries.ts',
  'server/facts': 'server/outbox/commands.ts',
  'server/channels': 'server/facts/commands.ts',
  'server/contacts': 'server/tenants/queries.ts',
  'server/tenants': 'server/contacts/commands.ts',
  'server/trpc': 'server/realtime/events.ts',
  'server/realtime': 'server/trpc/context.ts',
  'server/access': 'server/trpc/context.ts',
  'server/auth': 'server/access/membership.ts',
  'server/audit': 'server/mail/commands.ts',
  'server/mail': 'server/audit/commands.ts',
  'server/media': 'server/mail/commands.ts',
  'server/kernel': 'server/audit/commands.ts',
}

/** A room's file that climbs; app-router is a file itself. */
const climber = (room) => (room === 'server/app-router' ? `${room}.ts` : `${room}/climbs.ts`)

/** @type {Record<string, [from: string, to: string]>} */
export const broken = {
  ...Object.fromEntries(Object.entries(floors).map(([room, to]) => [`floor: ${room}`, [climber(room), to]])),

  'owner: pusher': ['server/conversations/tells.ts', 'pusher'],
  'owner: pusher-js': ['app/_client/hears.ts', 'pusher-js'],
  'owner: @whiskeysockets/baileys': ['bridge-worker/speaks.ts', '@whiskeysockets/baileys'],
  'owner: next-auth': ['app/api/auth/asks.ts', 'next-auth/jwt'],
  'owner: @node-rs/argon2': ['server/members/hashes.ts', '@node-rs/argon2'],
  'owner: nodemailer': ['server/auth/writes.ts', 'nodemailer'],
  'owner: @aws-sdk/client-s3|@aws-sdk/lib-storage': ['server/mail/keeps.ts', '@aws-sdk/client-s3'],
  'owner: file-type': ['app/api/media/sniffs.ts', 'file-type'],
  'owner: prom-client': ['server/outbox/counts.ts', 'prom-client'],
  'owner: pg': ['server/outbox/queries.ts', 'pg'],
  'owner: graphile-worker': ['server/kernel/jobs.ts', 'graphile-worker'],
  'owner: date-holidays': ['server/facts/calendar.ts', 'date-holidays'],

  // A circle is told once, at the file whose name comes first.
  'no circles': ['server/kernel/here.ts', 'server/kernel/there.ts'],
  'the site keeps no session': ['app/api/far/route.ts', 'server/channels/registry.ts'],
  'pages know schemas, rules and events': ['app/_parts/reads.tsx', 'server/contacts/commands.ts'],
  'the local realtime server stands alone': ['server/realtime/local/leans.ts', 'server/kernel/env.ts'],
  'bridge and pages do not meet': ['app/_client/meets.ts', 'bridge-worker/leases.ts'],
  'tests are nobody’s room': ['server/kernel/lends.ts', 'tests/support/factories.ts'],
}

/** What the files above need besides, and what breaks no rule: each owner with its package, and the exceptions. */
export const lawful = [
  ['server/kernel/there.ts', 'server/kernel/here.ts'],
  ['server/channels/registry.ts', 'server/channels/whatsapp-bridge/session.ts'],

  ['server/realtime/publish.ts', 'pusher'],
  ['app/_client/realtime.tsx', 'pusher-js'],
  ['server/channels/whatsapp-bridge/connection.ts', '@whiskeysockets/baileys'],
  ['server/auth/session-token.ts', 'next-auth/jwt'],
  ['server/auth/passwords.ts', '@node-rs/argon2'],
  ['server/mail/delivery.ts', 'nodemailer'],
  ['server/media/s3-storage.ts', '@aws-sdk/client-s3'],
  ['server/media/sniff.ts', 'file-type'],
  ['server/monitoring/metrics.ts', 'prom-client'],
  ['server/kernel/database.ts', 'pg'],
  ['bridge-worker/jobs.ts', 'graphile-worker'],
  ['server/tenants/holidays.ts', 'date-holidays'],

  ['app/_parts/knows.tsx', 'server/conversations/schema.ts'],
  ['app/api/near/route.ts', 'server/members/commands.ts'],
  ['bridge-worker/sessions.ts', 'server/channels/simulator/session.ts'],
  ['server/routing/goes-down.ts', 'server/conversations/rules.ts'],
  ['server/menu/rules.test.ts', 'tests/support/database.ts'],
]
