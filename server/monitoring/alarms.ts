import { tellChanged } from '@/server/channels/commands'
import { asTenantId, systemDb, systemPool, type TenantTx } from '@/server/kernel/database'
import { env } from '@/server/kernel/env'
import { log } from '@/server/kernel/log'
import { postLetter } from '@/server/mail/commands'
import { type alarmWords, writeAlarm, writeOperatorAlarm } from './alarm-letters'

/**
 * Alarms of links. The worker looks every few seconds at what is so and at which alarms stand; several workers may look
 * at once, and the unique index lets one of them raise an alarm and write its letters, in one transaction.
 */

/** A link that comes back by itself within this time is nobody's worry. */
const DOWN_AFTER = `interval '2 minutes'`
/** The same trouble again within this time is one trouble: shown, not written about again. */
const SAME_TROUBLE = `interval '15 minutes'`

/** What is so now: one row per channel and kind. */
const TROUBLES = `
  SELECT c."tenantId", c.id AS "channelId", c.state AS kind, c."stateReason" AS reason
  FROM channel c
  WHERE c."archivedAt" IS NULL AND c.wanted
    AND c.state IN ('logged-out', 'replaced', 'banned', 'version-refused', 'silent')
  UNION ALL
  SELECT c."tenantId", c.id, 'logged-out', c."stateReason"
  FROM channel c
  WHERE c."archivedAt" IS NULL AND c.wanted AND c.state = 'scan' AND c.address IS NOT NULL
  UNION ALL
  SELECT c."tenantId", c.id, 'down', c."stateReason"
  FROM channel c
  WHERE c."archivedAt" IS NULL AND c.wanted AND c.state IN ('disconnected', 'connecting', 'syncing')
    AND c.address IS NOT NULL
    AND COALESCE((SELECT s.state FROM channel_state_change s WHERE s."tenantId" = c."tenantId" AND s."channelId" = c.id
          AND s.at <= clock_timestamp() - ${DOWN_AFTER} ORDER BY s.at DESC LIMIT 1), 'connected')
      NOT IN ('connected', 'paused')
    AND NOT EXISTS (SELECT 1 FROM channel_state_change s WHERE s."tenantId" = c."tenantId" AND s."channelId" = c.id
          AND s.at > clock_timestamp() - ${DOWN_AFTER} AND s.state = 'connected')
    AND NOT EXISTS (SELECT 1 FROM channel_alarm a WHERE a."tenantId" = c."tenantId" AND a."channelId" = c.id
          AND a."clearedAt" IS NULL AND a.kind NOT IN ('down', 'restricted'))
  UNION ALL
  SELECT c."tenantId", c.id, 'restricted', NULL
  FROM channel c
  WHERE c."archivedAt" IS NULL AND c.restriction = 'new-chats'
    AND (c."restrictedUntil" IS NULL OR c."restrictedUntil" > clock_timestamp())`

/** The trouble of a link is over when it is connected again, or when nobody wants it any more. */
const IS_OVER = `CASE a.kind
    WHEN 'restricted' THEN c.restriction IS DISTINCT FROM 'new-chats' OR c."restrictedUntil" <= clock_timestamp()
    ELSE c.state = 'connected' END
  OR NOT c.wanted OR c."archivedAt" IS NOT NULL`

type Alarm = { tenantId: string; channelId: string; id: string; kind: string }

/** Raises what is new, clears what is over, and writes to who must know. @returns how many alarms changed. */
export async function sweepAlarms(now: Date): Promise<number> {
  const raised = await systemPool().query<Alarm>(
    `INSERT INTO channel_alarm ("tenantId", id, "channelId", kind, reason, "raisedAt")
     SELECT t."tenantId", gen_random_uuid(), t."channelId", t.kind, t.reason, clock_timestamp() FROM (${TROUBLES}) t
     ON CONFLICT ("tenantId", "channelId", kind) WHERE "clearedAt" IS NULL DO NOTHING
     RETURNING "tenantId", "channelId", id, kind`,
  )
  const over = await systemPool().query<Alarm & { wasTold: boolean; isWell: boolean }>(
    `UPDATE channel_alarm a SET "clearedAt" = clock_timestamp()
     FROM channel c WHERE c."tenantId" = a."tenantId" AND c.id = a."channelId" AND a."clearedAt" IS NULL AND (${IS_OVER})
     RETURNING a."tenantId", a."channelId", a.id, a.kind, a."toldAt" IS NOT NULL AS "wasTold", c.wanted AS "isWell"`,
  )
  await tellUntold(now)
  // A channel that somebody paused has not recovered; who paused it knows.
  for (const alarm of over.rows.filter(({ wasTold, isWell }) => wasTold && isWell)) {
    await systemDb().$transaction((db) => writeToKeepers(db, alarm, true, now))
  }
  await sweepOperatorAlarm(now)
  const changed = [...raised.rows, ...over.rows]
  for (const { tenantId, channelId } of changed) await tellChanged(asTenantId(tenantId), channelId)
  return changed.length
}

/** Marks and writes in one transaction: a crash between the two is no second letter and no lost one. */
async function tellUntold(now: Date): Promise<void> {
  const { rows } = await systemPool().query<Alarm>(
    `SELECT a."tenantId", a."channelId", a.id, a.kind FROM channel_alarm a
     WHERE a."clearedAt" IS NULL AND a."toldAt" IS NULL
       AND (a."raisedAt" < clock_timestamp() - ${SAME_TROUBLE} OR NOT EXISTS (
         SELECT 1 FROM channel_alarm b WHERE b."tenantId" = a."tenantId" AND b."channelId" = a."channelId"
           AND b.kind = a.kind AND b."toldAt" > clock_timestamp() - ${SAME_TROUBLE}))`,
  )
  for (const alarm of rows) {
    await systemDb().$transaction(async (db) => {
      const { count } = await db.channelAlarm.updateMany({
        where: { tenantId: alarm.tenantId, id: alarm.id, toldAt: null },
        data: { toldAt: now },
      })
      if (count === 1) await writeToKeepers(db, alarm, false, now)
    })
  }
}

/** Owners and admins of the company. */
async function writeToKeepers(db: TenantTx, alarm: Alarm, isOver: boolean, now: Date): Promise<void> {
  const [channel, tenant, keepers] = await Promise.all([
    db.channel.findFirst({
      where: { tenantId: alarm.tenantId, id: alarm.channelId },
      select: { name: true },
    }),
    db.tenant.findUnique({ where: { id: alarm.tenantId }, select: { slug: true } }),
    db.member.findMany({
      where: { tenantId: alarm.tenantId, role: { in: ['owner', 'admin'] }, removedAt: null },
      select: { name: true, user: { select: { email: true, locale: true } } },
    }),
  ])
  if (!channel || !tenant) return
  const link = `${env('publicUrl')}/${tenant.slug}/channels/${alarm.channelId}`
  for (const { name, user } of keepers) {
    const language = languageOf(user.locale)
    const letter = writeAlarm(language, { name, channelName: channel.name, kind: alarm.kind, link, isOver })
    if (letter) await postLetter(db, { to: user.email, language, ...letter, writtenAt: now })
  }
}

const languageOf = (locale: string): keyof typeof alarmWords =>
  locale === 'en' || locale === 'pt' ? locale : 'es'

/** A refused version fails all companies together: one alarm, to the one who can mend it. */
async function sweepOperatorAlarm(now: Date): Promise<void> {
  const kind = 'version-refused'
  await systemDb().$transaction(async (db) => {
    const changed = await db.$queryRaw<{ isOver: boolean }[]>`
      WITH is_so AS (
        SELECT EXISTS (SELECT 1 FROM channel WHERE state = ${kind} AND wanted AND "archivedAt" IS NULL) AS yes
      ), raised AS (
        INSERT INTO operator_alarm (kind, "raisedAt") SELECT ${kind}, clock_timestamp() FROM is_so WHERE yes
        ON CONFLICT (kind) DO UPDATE SET "raisedAt" = clock_timestamp(), "clearedAt" = NULL
          WHERE operator_alarm."clearedAt" IS NOT NULL
        RETURNING false AS "isOver"
      ), cleared AS (
        UPDATE operator_alarm SET "clearedAt" = clock_timestamp() FROM is_so
        WHERE NOT yes AND kind = ${kind} AND "clearedAt" IS NULL RETURNING true AS "isOver"
      )
      SELECT * FROM raised UNION ALL SELECT * FROM cleared`
    for (const { isOver } of changed) {
      log[isOver ? 'info' : 'error']({ kind, isOver }, 'operator alarm')
      const to = env('operatorEmail')
      if (to) {
        await postLetter(db, { to, language: 'en', ...writeOperatorAlarm(kind, isOver), writtenAt: now })
      }
    }
  })
}
