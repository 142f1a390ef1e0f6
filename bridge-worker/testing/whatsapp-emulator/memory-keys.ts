import type { SignalDataTypeMap, SignalKeyStore } from '@whiskeysockets/baileys'

/** A Signal key store that lives as long as the process. */
export function makeMemoryKeys(): SignalKeyStore {
  const rows = new Map<string, unknown>()
  return {
    get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
      const found: Record<string, SignalDataTypeMap[T]> = {}
      for (const id of ids) {
        const value = rows.get(`${type}/${id}`)
        // Only `set` below writes, and always under the value's own type.
        if (value !== undefined) found[id] = value as SignalDataTypeMap[T]
      }
      return found
    },
    set(data) {
      for (const [type, values] of Object.entries(data)) {
        for (const [id, value] of Object.entries(values)) {
          if (value === null) rows.delete(`${type}/${id}`)
          else rows.set(`${type}/${id}`, value)
        }
      }
    },
  }
}
