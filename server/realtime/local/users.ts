import { encodeFrame, type SignedInUser } from './protocol'

/** A socket whose user has proven who they are. */
export interface UserSocket {
  send(frame: Buffer): void
  close(code: number, message: string): void
}

export type Users = ReturnType<typeof createUsers>

/** Signed-in users, each over one or more sockets, and who wants to know when they come and go. */
export function createUsers() {
  const sockets = new Map<string, Set<UserSocket>>()
  const watchers = new Map<string, Set<UserSocket>>()

  /** Adds the socket, tells it which of its watched users are here, and tells the user's watchers. */
  function signIn(user: SignedInUser, socket: UserSocket): void {
    const isFirst = !sockets.has(user.id)
    addTo(sockets, user.id, socket)
    for (const id of user.watchlist) addTo(watchers, id, socket)

    const online = user.watchlist.filter((id) => sockets.has(id))
    const offline = user.watchlist.filter((id) => !sockets.has(id))
    const events = [
      { name: 'online', user_ids: online },
      { name: 'offline', user_ids: offline },
    ].filter((event) => event.user_ids.length > 0)
    if (events.length > 0) socket.send(encodeFrame('pusher_internal:watchlist_events', undefined, { events }))
    if (isFirst) tellWatchers(user.id, 'online', socket)
  }

  function signOut(user: SignedInUser, socket: UserSocket): void {
    for (const id of user.watchlist) removeFrom(watchers, id, socket)
    removeFrom(sockets, user.id, socket)
    if (!sockets.has(user.id)) tellWatchers(user.id, 'offline', socket)
  }

  function tellWatchers(userId: string, name: 'online' | 'offline', except: UserSocket): void {
    const data = { events: [{ name, user_ids: [userId] }] }
    const frame = encodeFrame('pusher_internal:watchlist_events', undefined, data)
    for (const watcher of watchers.get(userId) ?? []) if (watcher !== except) watcher.send(frame)
  }

  return {
    signIn,
    signOut,
    socketsOf: (userId: string): UserSocket[] => [...(sockets.get(userId) ?? [])],
  }
}

function addTo(sets: Map<string, Set<UserSocket>>, id: string, socket: UserSocket): void {
  const set = sets.get(id)
  if (set) set.add(socket)
  else sets.set(id, new Set([socket]))
}

function removeFrom(sets: Map<string, Set<UserSocket>>, id: string, socket: UserSocket): void {
  const set = sets.get(id)
  set?.delete(socket)
  if (set?.size === 0) sets.delete(id)
}
