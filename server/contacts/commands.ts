import type { Transaction } from '@/server/kernel/context'
import { newId } from '@/server/kernel/ids'
import type { Identity, Sender } from './schema'

export type KnownContact = { id: string; name: string; firstInboundAt: Date | null }

/**
 * Finds the contact behind a sender's names, or makes one; learns names and phone that were not known. The names are
 * locked for the transaction, so one person who writes to two numbers at once is still one contact.
 */
export async function identifyContact(tx: Transaction, sender: Sender): Promise<KnownContact> {
  const names = withPhone(sender)
  await lockNames(tx, names)
  const found = await tx.db.contactIdentity.findMany({
    where: { tenantId: tx.tenantId, OR: names.map(({ kind, value }) => ({ kind, value })) },
    select: {
      kind: true,
      value: true,
      contactId: true,
      contact: { select: { name: true, firstInboundAt: true, phone: true } },
    },
  })
  // The most lasting name decides when two contacts turn out to be one person; merging them is a person's choice.
  const known = names
    .map((name) => found.find((row) => row.kind === name.kind && row.value === name.value))
    .find(Boolean)
  const contact = known
    ? { id: known.contactId, name: known.contact.name, firstInboundAt: known.contact.firstInboundAt }
    : await createContact(tx, sender)
  const unknown = names.filter(
    (name) => !found.some((row) => row.kind === name.kind && row.value === name.value),
  )
  if (unknown.length > 0) {
    await tx.db.contactIdentity.createMany({
      data: unknown.map((name) => ({
        tenantId: tx.tenantId,
        kind: name.kind,
        value: name.value,
        contactId: contact.id,
        phone: sender.phone,
        createdAt: tx.now,
      })),
    })
  }
  if (known && sender.phone && !known.contact.phone) {
    await tx.db.contact.update({
      where: { tenantId_id: { tenantId: tx.tenantId, id: contact.id } },
      data: {
        phone: sender.phone,
        ...(sender.name && isPhoneName(contact.name) ? { name: sender.name } : {}),
      },
      select: { id: true },
    })
  }
  return contact
}

/** The phone is a name too, so that the same person is found when the LID changes. */
function withPhone(sender: Sender): Identity[] {
  const names = [...sender.identities]
  if (sender.phone && !names.some((name) => name.kind === 'phone'))
    names.push({ kind: 'phone', value: sender.phone })
  return names
}

async function lockNames(tx: Transaction, names: readonly Identity[]): Promise<void> {
  const keys = names.map((name) => `${tx.tenantId} ${name.kind} ${name.value}`).sort()
  for (const key of keys) await tx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`
}

const isPhoneName = (name: string) => /^\+?\d[\d ]*$/.test(name)

async function createContact(tx: Transaction, sender: Sender): Promise<KnownContact> {
  const id = newId(tx.now.getTime())
  const name =
    sender.name?.trim() || (sender.phone ? `+${sender.phone}` : (sender.identities[0]?.value ?? ''))
  await tx.db.contact.create({
    data: { tenantId: tx.tenantId, id, name, phone: sender.phone, createdAt: tx.now },
    select: { id: true },
  })
  return { id, name, firstInboundAt: null }
}
