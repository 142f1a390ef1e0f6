import superjson from 'superjson'
import type { Actor, TenantContext } from '@/server/kernel/context'
import { closeDatabase, forTenant } from '@/server/kernel/database'
import { log } from '@/server/kernel/log'
import { type BenchCompany, fillCompany, settleTables } from '@/tests/support/fill-company'
import { effortOf, statementsOf } from '@/tests/support/watch-statements'
import { bridgeRounds } from './bridge'
import { assignedChats, commitRate, ingestRate, listenToAll } from './ingest'

/**
 * `npm run bench`: figures for docs/performance.md. Ratios are taken in one run, in turns, because machines differ and
 * are busy; counts, buffers and bytes are the same everywhere.
 */
const environment = {
  DATABASE_APP_URL: process.env.TEST_DATABASE_APP_URL,
  DATABASE_SYSTEM_URL: process.env.TEST_DATABASE_SYSTEM_URL,
  DATABASE_OWNER_URL: process.env.TEST_DATABASE_OWNER_URL,
}
for (const [name, value] of Object.entries(environment)) {
  if (!value) throw new Error(`${name} is missing: run \`npm run bench\`, which starts a database first.`)
  process.env[name] = value
}
log.level = 'silent'
const appUrl = environment.DATABASE_APP_URL ?? ''
const systemUrl = environment.DATABASE_SYSTEM_URL ?? ''
const ownerUrl = environment.DATABASE_OWNER_URL ?? ''

// Loaded when the environment is in place.
const { signUp } = await import('@/server/onboarding/commands')
const { conversationDetails, listConversations, viewCounts } = await import('@/server/conversations/queries')

const ROUNDS = 3

async function newCompany(name: string): Promise<BenchCompany & { ctx: TenantContext }> {
  const made = await signUp(
    {
      company: name,
      country: 'CO',
      name: 'Olga',
      email: `${name}@bench.example`,
      password: 'tres gatos en la azotea',
      trade: 'blank',
    },
    new Date(),
  )
  const actor: Actor = {
    kind: 'member',
    memberId: made.memberId,
    name: 'Olga',
    role: 'owner',
    teamIds: [made.teamId],
    sees: 'all',
    seesTeamless: true,
  }
  const { tenantId, channelId, teamId, memberId } = made
  return {
    tenantId,
    channelId,
    teamId,
    memberId,
    ctx: { tenantId, db: forTenant(tenantId), actor, now: new Date(), afterCommit: () => undefined },
  }
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function benchIngest(): Promise<void> {
  await listenToAll()
  const company = await newCompany('ingest')
  await fillCompany(company, 500, 20)
  const personas = await assignedChats(company, 400)
  await settleTables(ownerUrl)
  const ingests: number[] = []
  const commits: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    commits.push(await commitRate(systemUrl, ownerUrl))
    ingests.push(await ingestRate(company, personas))
  }
  const ratio = median(ingests) / median(commits)
  console.log(`\nInbound to an assigned chat, 8 connections, median of ${ROUNDS}`)
  console.log(`  parsed event -> committed    ${median(ingests).toFixed(0)}/s`)
  console.log(`  one durable insert           ${median(commits).toFixed(0)}/s`)
  console.log(`  ratio                        ${ratio.toFixed(2)}  (aim >= 0.5)`)
}

async function measure(name: string, company: BenchCompany, call: () => Promise<unknown>) {
  let bytes = 0
  const statements = await statementsOf(async () => {
    bytes = Buffer.byteLength(superjson.stringify(await call()))
  })
  let buffers = 0
  for (const statement of statements) buffers += (await effortOf(appUrl, company.tenantId, statement)).buffers
  console.log(
    `  ${name.padEnd(28)} ${String(statements.length).padStart(2)} statements  ${String(buffers).padStart(5)} buffers  ${(bytes / 1000).toFixed(1)} kB`,
  )
  return buffers
}

async function benchScreens(): Promise<void> {
  const sizes = [
    { name: '10k messages', chats: 500, perChat: 20 },
    { name: '1M messages', chats: 50_000, perChat: 20 },
  ]
  const found: Record<string, number[]> = {}
  for (const size of sizes) {
    const company = await newCompany(size.name.replace(' ', '-'))
    await fillCompany(company, size.chats, size.perChat)
    await settleTables(ownerUrl)
    const { ctx } = company
    const page = await listConversations(ctx, { view: 'all', sort: 'wait', limit: 25 })
    const longChat = await ctx.db.conversation.findFirst({
      where: { tenantId: ctx.tenantId, messages: { some: { text: 'Mensaje largo 1' } } },
      select: { id: true },
    })
    if (!longChat || page.rows.length < 15) throw new Error('the company was not filled')
    console.log(`\nScreens at ${size.name}`)
    const note = (key: string, buffers: number) => {
      found[key] = [...(found[key] ?? []), buffers]
    }
    note(
      'inbox page',
      await measure('inbox page and counts', company, () =>
        Promise.all([listConversations(ctx, { view: 'all', sort: 'wait', limit: 25 }), viewCounts(ctx)]),
      ),
    )
    note(
      'mine',
      await measure('my pending chats', company, () =>
        listConversations(ctx, { view: 'mine-pending', sort: 'wait', limit: 25 }),
      ),
    )
    note(
      'resolved',
      await measure('resolved, newest first', company, () =>
        listConversations(ctx, { view: 'resolved', sort: 'wait', limit: 25 }),
      ),
    )
    note(
      'chat',
      await measure('a chat of 1,000 messages', company, () => conversationDetails(ctx, longChat.id)),
    )
  }
  console.log('\nGrowth of buffers from 10k to 1M (aim <= 1.3)')
  for (const [key, [small = 1, large = 1]] of Object.entries(found))
    console.log(`  ${key.padEnd(28)} ${(large / small).toFixed(2)}`)
}

async function benchBridge(): Promise<void> {
  const urls = { DATABASE_APP_URL: appUrl, DATABASE_SYSTEM_URL: systemUrl, DATABASE_OWNER_URL: ownerUrl }
  const rounds = await bridgeRounds(await newCompany('bridge'), urls, ROUNDS)
  const commits = await commitRate(systemUrl, ownerUrl)
  const perSecond = rounds.map((round) => round.perSecond)
  console.log(`\nThe whole bridge: 1,000 messages of 20 customers in assigned chats, median of ${ROUNDS}`)
  console.log(`  emulated phone -> committed  ${median(perSecond).toFixed(0)}/s`)
  console.log(
    `  processor time of the worker ${median(rounds.map((round) => round.cpuMsEach)).toFixed(1)} ms each`,
  )
  console.log(`  one durable insert           ${commits.toFixed(0)}/s, 8 connections`)
}

/** Names after `npm run bench --` choose the parts; none is all. */
const parts: Record<string, () => Promise<void>> = {
  ingest: benchIngest,
  bridge: benchBridge,
  screens: benchScreens,
}
const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !(name in parts))
if (unknown.length > 0)
  throw new Error(`${unknown.join(', ')}: the parts are ${Object.keys(parts).join(', ')}.`)
for (const [name, run] of Object.entries(parts)) if (chosen.length === 0 || chosen.includes(name)) await run()
await closeDatabase()
process.exit(0)
