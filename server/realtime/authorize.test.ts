import { expect, test } from 'vitest'
import { asTenantId } from '@/server/kernel/database'
import { maySubscribe, type Subscriber } from './authorize'
import { realtimeChannel } from './events'

const ours = '0192f0c1-0000-7000-8000-000000000001'
const theirs = '0192f0c1-0000-7000-8000-000000000002'
const me = '0192f0c1-0000-7000-8000-00000000000a'
const colleague = '0192f0c1-0000-7000-8000-00000000000b'
const myTeam = '0192f0c1-0000-7000-8000-0000000000aa'
const otherTeam = '0192f0c1-0000-7000-8000-0000000000bb'
const chat = '0192f0c1-0000-7000-8000-0000000000cc'

type MemberActor = Subscriber['actor']
const agent: MemberActor = {
  kind: 'member',
  memberId: me,
  name: 'Ana',
  role: 'agent',
  teamIds: [myTeam],
  sees: 'teams',
  seesTeamless: true,
}
const supervisor: MemberActor = { ...agent, role: 'supervisor', sees: 'all' }
const loner: MemberActor = { ...agent, sees: 'own', seesTeamless: false }

test.each<[string, MemberActor, string, boolean]>([
  ['an agent hears what is theirs', agent, realtimeChannel.member(ours, me), true],
  ['an agent does not hear a colleague', agent, realtimeChannel.member(ours, colleague), false],
  ['an agent hears the own team', agent, realtimeChannel.team(ours, myTeam), true],
  ['an agent does not hear another team', agent, realtimeChannel.team(ours, otherTeam), false],
  ['an agent who sees only the own chats hears no team', loner, realtimeChannel.team(ours, myTeam), false],
  ['an agent does not hear the supervision', agent, realtimeChannel.supervision(ours), false],
  ['a supervisor hears every team', supervisor, realtimeChannel.team(ours, otherTeam), true],
  ['a supervisor hears the supervision', supervisor, realtimeChannel.supervision(ours), true],
  ['chats of no team are for all', agent, realtimeChannel.all(ours), true],
  ['unless the company says otherwise', loner, realtimeChannel.all(ours), false],
  ['an agent does not hear the bridge', agent, realtimeChannel.bridge(ours), false],
  ['a supervisor hears the bridge', supervisor, realtimeChannel.bridge(ours), true],
  ['nobody hears another company', supervisor, realtimeChannel.supervision(theirs), false],
  ['nor a chat under its name', supervisor, realtimeChannel.conversation(theirs, chat), false],
  ['a public channel is refused', supervisor, 'anything', false],
  ['a name with something behind it is refused', supervisor, `${realtimeChannel.supervision(ours)}x`, false],
  ['a name with a line break is refused', supervisor, `${realtimeChannel.supervision(ours)}\n`, false],
])('%s', async (_, actor, channel, allowed) => {
  const subscriber = { tenantId: asTenantId(ours), actor }
  expect(await maySubscribe(subscriber, channel, async () => false)).toBe(allowed)
})

test('a chat is heard by who may see it', async () => {
  const subscriber = { tenantId: asTenantId(ours), actor: agent }
  const asked: string[] = []
  const canSee = (answer: boolean) => async (id: string) => {
    asked.push(id)
    return answer
  }
  expect(await maySubscribe(subscriber, realtimeChannel.conversation(ours, chat), canSee(true))).toBe(true)
  expect(await maySubscribe(subscriber, realtimeChannel.conversation(ours, chat), canSee(false))).toBe(false)
  expect(asked).toEqual([chat, chat])
})
