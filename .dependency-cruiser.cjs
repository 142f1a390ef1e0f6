/**
 * The house's floors. A room imports only from lower floors, never from a neighbour on its own, and `import type`
 * counts. Checked as a list of edges in `npm run check`.
 */
const FLOORS = [
  ['app', 'bridge-worker'],
  ['server/app-router'],
  ['server/onboarding', 'server/monitoring'],
  ['server/inbound', 'server/delivery'],
  ['server/routing'],
  ['server/conversations'],
  ['server/menu', 'server/members'],
  ['server/outbox', 'server/facts', 'server/channels'],
  ['server/contacts', 'server/tenants'],
  ['server/trpc', 'server/realtime'],
  ['server/access'],
  ['server/auth'],
  ['server/audit', 'server/mail', 'server/media'],
  ['server/kernel'],
]

const pathOf = (room) => (room === 'server/app-router' ? '^server/app-router\\.ts$' : `^${room}/`)
const TESTS =
  '\\.(test|db\\.test|worker\\.test|deep\\.test|bench)\\.tsx?$|^tests/|^bridge-worker/testing/|/test-rig\\.ts$'

const floorRules = FLOORS.flatMap((floor, level) =>
  floor.map((room) => ({
    name: `floor: ${room}`,
    comment: `${room} may import only from the floors below it. Move the shared noun down, or hand the function in.`,
    severity: 'error',
    from: { path: pathOf(room), pathNot: TESTS },
    to: {
      path: FLOORS.slice(0, level + 1)
        .flat()
        .filter((other) => other !== room)
        .map(pathOf),
    },
  })),
)

/** One importer per outside package: a move or an upgrade touches one room. */
const owner = (packages, owners) => ({
  name: `owner: ${packages}`,
  comment: `Only ${owners} may import ${packages}.`,
  severity: 'error',
  from: { pathNot: [owners, TESTS, '^scripts/', '^[^/]+\\.config\\.ts$'] },
  to: { path: `^node_modules/(${packages})(/|$)` },
})

module.exports = {
  forbidden: [
    ...floorRules,
    owner('pusher', '^server/realtime/publish\\.ts$'),
    owner('pusher-js', '^app/_client/realtime\\.tsx$'),
    owner('@whiskeysockets/baileys', '^server/channels/whatsapp-bridge/'),
    owner('next-auth', '^(server/auth/|app/_client/sign-in\\.ts$)'),
    owner('@node-rs/argon2', '^server/auth/'),
    owner('pg', '^(server/kernel/database\\.ts|bridge-worker/main\\.ts|prisma/seed/)'),
    owner('graphile-worker', '^bridge-worker/jobs\\.ts$'),
    owner('nodemailer', '^server/mail/'),
    owner('@aws-sdk/client-s3|@aws-sdk/lib-storage', '^server/media/'),
    owner('file-type', '^server/media/'),
    owner('prom-client', '^server/monitoring/metrics\\.ts$'),
    owner('date-holidays', '^server/tenants/'),
    {
      name: 'no circles',
      comment:
        'Two files that need each other are one idea or three. A part that loads itself on first use is no circle.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    {
      name: 'the site keeps no session',
      comment: 'A WhatsApp socket lives in the worker alone.',
      severity: 'error',
      from: { path: '^(app/|server/app-router\\.ts$)' },
      to: { path: '^server/channels/[^/]+/session\\.ts$', reachable: true },
    },
    {
      name: 'pages know schemas, rules and events',
      comment:
        'Outside app/api, pages and components may import from server only schema, rules, events, ids, types of queries, and the caller in app/_client/trpc-server.',
      severity: 'error',
      from: {
        path: '^app/',
        pathNot: [TESTS, '^app/api/', '^app/_client/(trpc-server|trpc)\\.tsx?$'],
      },
      to: {
        path: '^server/',
        pathNot: [
          '^server/[^/]+/(schema|rules|events|reading|words)\\.ts$',
          '^server/kernel/ids\\.ts$',
          '^server/realtime/public-settings\\.ts$',
          '^server/auth/viewer\\.ts$',
          '^server/trpc/context\\.ts$',
        ],
      },
    },
    {
      name: 'the local realtime server stands alone',
      comment: 'It is started from its own bundle and may be replaced by hosted Pusher or sockudo.',
      severity: 'error',
      from: { path: '^server/realtime/local/' },
      to: { pathNot: ['^server/realtime/local/', '^node_modules/', '^node:'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'bridge and pages do not meet',
      comment: 'The site renders pages, the worker keeps sessions; they meet in server and in the database.',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^bridge-worker/' },
    },
    {
      name: 'tests are nobody’s room',
      comment: 'What only tests need stays in tests.',
      severity: 'error',
      from: { path: '^(app|server|bridge-worker)/', pathNot: TESTS },
      to: { path: ['^tests/', '\\.test\\.tsx?$', '^bridge-worker/testing/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^\\.next/', '^dist/', '^prisma/generated/', '^app/.*\\.css$'] },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    webpackConfig: { fileName: './scripts/check/alias.cjs' },
    cache: false,
  },
}
