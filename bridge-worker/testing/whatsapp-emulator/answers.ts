/** Answers to the questions (`iq`) that a companion asks. What has no answer here is counted by name. */
import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  getBinaryNodeChildString,
  jidNormalizedUser,
  QueryIds,
} from '@whiskeysockets/baileys'
import type { Device, Directory } from './directory'
import { isLidJid } from './identity'

/** For this long a restricted account may not start chats. */
const RESTRICTED_SECONDS = 24 * 60 * 60

/** e.g. `get encrypt count`: type, namespace and first child say what is asked. */
export function nameQuestion(iq: BinaryNode): string {
  const child = Array.isArray(iq.content) ? iq.content[0]?.tag : undefined
  return [iq.attrs.type, iq.attrs.xmlns, child].filter(Boolean).join(' ')
}

/**
 * @param world isRestricted: whether the account has been restricted (error 463).
 * @returns the content of the result, or undefined for a question that is not known.
 */
export async function answerQuestion(
  iq: BinaryNode,
  device: Device,
  directory: Directory,
  { isRestricted, mediaHost }: { isRestricted: boolean; mediaHost: string },
): Promise<BinaryNode[] | undefined> {
  switch (nameQuestion(iq)) {
    case 'get encrypt count':
      return [{ tag: 'count', attrs: { value: String(device.oneTimeKeys.length) } }]
    case 'set encrypt registration':
    case 'set encrypt rotate':
      directory.storeKeys(device, iq)
      return []
    case 'get encrypt digest':
      return [{ tag: 'digest', attrs: {} }]
    case 'get encrypt key': {
      const asked = getBinaryNodeChildren(getBinaryNodeChild(iq, 'key'), 'user')
      const bundles = await Promise.all(asked.map(({ attrs }) => directory.bundleOf(attrs.jid ?? '')))
      return [{ tag: 'list', attrs: {}, content: bundles.filter((bundle) => bundle !== undefined) }]
    }
    case 'get usync usync':
      return [answerUsync(iq, directory)]
    case 'set passive active':
    case 'set passive passive':
    case 'set md remove-companion-device':
    case 'get w:p ping':
      return []
    case 'get abt props':
      return [{ tag: 'props', attrs: { protocol: '1', hash: 'emulator' }, content: [] }]
    case 'get blocklist':
      return [{ tag: 'list', attrs: {}, content: [] }]
    case 'get privacy privacy': {
      const names = ['readreceipts', 'last', 'online', 'profile', 'status', 'groupadd', 'calladd', 'messages']
      const content = names.map((name) => ({ tag: 'category', attrs: { name, value: 'all' } }))
      return [{ tag: 'privacy', attrs: {}, content }]
    }
    case 'set w:m media_conn':
      return [
        {
          tag: 'media_conn',
          attrs: { auth: 'emulator', ttl: '300' },
          content: [{ tag: 'host', attrs: { hostname: mediaHost, maxContentLengthBytes: '104857600' } }],
        },
      ]
    case 'set w:sync:app:state sync': {
      const asked = getBinaryNodeChildren(getBinaryNodeChild(iq, 'sync'), 'collection')
      const content = asked.map(({ attrs }) => ({
        tag: 'collection',
        attrs: { name: attrs.name ?? '', version: attrs.version ?? '0' },
      }))
      return [{ tag: 'sync', attrs: {}, content }]
    }
    case 'get w:g2 participating':
      return [{ tag: 'groups', attrs: {}, content: [] }]
    case 'get w:mex query':
      return answerTimelock(iq, isRestricted) ?? answerCap(iq)
    default:
      return undefined
  }
}

/** Only what `fetchAccountReachoutTimelock` asks after a 463. */
function answerTimelock(iq: BinaryNode, isRestricted: boolean): BinaryNode[] | undefined {
  if (getBinaryNodeChild(iq, 'query')?.attrs.query_id !== QueryIds.REACHOUT_TIMELOCK) return undefined
  const end = Math.floor(Date.now() / 1000) + RESTRICTED_SECONDS
  const data = {
    xwa2_fetch_account_reachout_timelock: {
      is_active: isRestricted,
      time_enforcement_ends: isRestricted ? String(end) : '0',
      enforcement_type: 'DEFAULT',
    },
  }
  return [{ tag: 'result', attrs: {}, content: Buffer.from(JSON.stringify({ data })) }]
}

/** How many chats the account may start: a fresh account's small allowance. */
function answerCap(iq: BinaryNode): BinaryNode[] | undefined {
  if (getBinaryNodeChild(iq, 'query')?.attrs.query_id !== QueryIds.MESSAGE_CAPPING_INFO) return undefined
  const end = Math.floor(Date.now() / 1000) + RESTRICTED_SECONDS
  const data = {
    xwa2_message_capping_info: { total_quota: 50, used_quota: 12, cycle_end_timestamp: String(end) },
  }
  return [{ tag: 'result', attrs: {}, content: Buffer.from(JSON.stringify({ data })) }]
}

function answerUsync(iq: BinaryNode, directory: Directory): BinaryNode {
  const usync = getBinaryNodeChild(iq, 'usync')
  const query = getBinaryNodeChild(usync, 'query')
  const asks = (protocol: string) => getBinaryNodeChild(query, protocol) !== undefined
  const users = getBinaryNodeChildren(getBinaryNodeChild(usync, 'list'), 'user')

  const content = users.map((user): BinaryNode => {
    const digits = getBinaryNodeChildString(user, 'contact')?.replace(/\D/g, '')
    const jid = digits ? `${digits}@s.whatsapp.net` : jidNormalizedUser(user.attrs.jid)
    const phone = directory.phoneOf(jid)
    const known: BinaryNode[] = []
    if (asks('contact')) known.push({ tag: 'contact', attrs: { type: phone ? 'in' : 'out' } })
    // A LID is not asked for its LID: Baileys would store it as its own number.
    if (phone && asks('lid') && !isLidJid(jid)) known.push({ tag: 'lid', attrs: { val: phone.lid } })
    if (phone && asks('devices')) {
      const companions = directory.devicesOf(phone.number)
      const list = companions.map(({ id }) => ({
        tag: 'device',
        attrs: { id: String(id), 'key-index': String(id) },
      }))
      known.push({
        tag: 'devices',
        attrs: {},
        content: [
          { tag: 'device-list', attrs: {}, content: [{ tag: 'device', attrs: { id: '0' } }, ...list] },
        ],
      })
    }
    return { tag: 'user', attrs: { jid }, content: known }
  })
  return { tag: 'usync', attrs: {}, content: [{ tag: 'list', attrs: {}, content }] }
}
