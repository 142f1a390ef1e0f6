-- The inbox counts its views with every change of a chat: with these two columns they are read from the index alone.
DROP INDEX conversation_team;
CREATE INDEX conversation_team ON conversation ("tenantId", "teamId", state, "sortAt", id)
  INCLUDE ("assigneeId", "lineSince") WHERE "resolvedAt" IS NULL;
