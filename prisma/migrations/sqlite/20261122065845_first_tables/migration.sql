-- CreateTable
CREATE TABLE "Case" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "territoryId" TEXT NOT NULL,
    "identityId" TEXT,
    "profileId" TEXT,
    "householdId" TEXT,
    "personName" TEXT,
    "submissionId" TEXT,
    "assigneeId" TEXT,
    "urgency" TEXT NOT NULL,
    "risk" TEXT,
    "leadOn" TEXT NOT NULL,
    "stageEnteredOn" TEXT NOT NULL,
    "stageDueOn" TEXT,
    "decideBy" TEXT,
    "decidedOn" TEXT,
    "lateReason" TEXT,
    "acknowledgedAt" DATETIME,
    "openedAt" DATETIME NOT NULL,
    "closedAt" DATETIME,
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "CaseEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "actorId" TEXT,
    "what" TEXT NOT NULL,
    "detail" TEXT
);

-- CreateTable
CREATE TABLE "VisitPlan" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "plan" TEXT NOT NULL,
    "householdId" TEXT NOT NULL,
    "territoryId" TEXT NOT NULL,
    "assigneeId" TEXT,
    "mode" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "number" TEXT,
    "openKey" TEXT,
    "closedOn" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Visit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "householdId" TEXT NOT NULL,
    "territoryId" TEXT NOT NULL,
    "planId" TEXT,
    "number" TEXT,
    "staffId" TEXT NOT NULL,
    "visitedOn" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "met" TEXT NOT NULL,
    "changes" TEXT NOT NULL,
    "gaps" TEXT NOT NULL,
    "measures" TEXT,
    "wish" TEXT,
    "nextOn" TEXT,
    "attempt" BOOLEAN NOT NULL,
    "late" BOOLEAN NOT NULL,
    "submissionId" TEXT,
    "loggedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Watch" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rule" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "territoryId" TEXT NOT NULL,
    "rung" INTEGER NOT NULL,
    "repeats" INTEGER NOT NULL,
    "nextDueAt" DATETIME,
    "firstSeenAt" DATETIME,
    "lastSentAt" DATETIME,
    "closedAt" DATETIME,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Reminder" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rule" TEXT NOT NULL,
    "rung" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "outboxId" TEXT,
    "plannedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Course" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identity" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "trade" TEXT NOT NULL,
    "organiser" TEXT,
    "place" TEXT NOT NULL,
    "startsOn" TEXT NOT NULL,
    "endsOn" TEXT,
    "hours" INTEGER,
    "seats" INTEGER NOT NULL,
    "taken" INTEGER NOT NULL,
    "allowance" TEXT,
    "certificate" TEXT,
    "extra" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Enrolment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "courseId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "profileId" TEXT,
    "submissionId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "enrolledAt" DATETIME NOT NULL,
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Seeker" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identityId" TEXT NOT NULL,
    "profileId" TEXT,
    "territoryId" TEXT,
    "submissionId" TEXT NOT NULL,
    "age" INTEGER NOT NULL,
    "labour" TEXT NOT NULL,
    "skills" TEXT NOT NULL,
    "places" TEXT NOT NULL,
    "wageMin" INTEGER,
    "startsOn" TEXT,
    "careDuty" TEXT,
    "note" TEXT,
    "registeredAt" DATETIME NOT NULL,
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Conversation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "flowVersion" INTEGER NOT NULL,
    "flowDigest" TEXT NOT NULL,
    "state" JSONB NOT NULL,
    "phase" TEXT NOT NULL,
    "sensitive" BOOLEAN NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "wakeAt" DATETIME,
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Answer" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "conversationId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "approximate" BOOLEAN NOT NULL,
    "attempt" INTEGER NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Inbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "receivedAt" DATETIME NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "error" TEXT
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "dueAt" DATETIME,
    "attempts" INTEGER NOT NULL,
    "leaseToken" TEXT,
    "error" TEXT,
    "createdAt" DATETIME NOT NULL,
    "sentAt" DATETIME
);

-- CreateTable
CREATE TABLE "OutboxLane" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "leaseToken" TEXT,
    "leaseUntil" DATETIME,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Submission" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "conversationId" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "flowVersion" INTEGER NOT NULL,
    "identityId" TEXT NOT NULL,
    "profileId" TEXT,
    "staffId" TEXT,
    "territoryId" TEXT,
    "answers" TEXT NOT NULL,
    "matter" TEXT,
    "submittedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Media" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "FlowVersion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "flow" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "CronFire" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "NumberBlock" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "next" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Setting" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT NOT NULL,
    "territoryId" TEXT,
    "value" JSONB NOT NULL,
    "enteredBy" TEXT,
    "source" TEXT,
    "updatedAt" DATETIME NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "chain" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Leader" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "token" TEXT,
    "until" DATETIME,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Territory" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "path" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "parentId" TEXT,
    "code" TEXT,
    "zone" TEXT,
    "class" TEXT,
    "publicPhone" TEXT,
    "chatCode" TEXT NOT NULL,
    "pinyin" TEXT NOT NULL,
    "initials" TEXT NOT NULL,
    "extra" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Staff" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "phone" TEXT,
    "phoneHash" TEXT,
    "position" TEXT,
    "leftOn" TEXT,
    "extra" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "StaffRole" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "staffId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "territoryId" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "ChatIdentity" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "staffId" TEXT,
    "profileId" TEXT,
    "language" TEXT,
    "villageId" TEXT,
    "mutedAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Profile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identityId" TEXT NOT NULL,
    "name" TEXT,
    "phone" TEXT,
    "phoneHash" TEXT,
    "territoryId" TEXT,
    "consentVersion" TEXT,
    "consentAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "GroupChat" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "territoryId" TEXT NOT NULL,
    "purposes" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "webhook" TEXT,
    "secret" TEXT,
    "pageCode" TEXT NOT NULL,
    "extra" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Household" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identity" TEXT NOT NULL,
    "key" TEXT,
    "head" TEXT NOT NULL,
    "headPinyin" TEXT NOT NULL,
    "headInitials" TEXT NOT NULL,
    "territoryId" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "monitoredType" TEXT,
    "labourCapacity" TEXT,
    "helperId" TEXT,
    "phone" TEXT,
    "phoneHash" TEXT,
    "lastVisitOn" TEXT,
    "perCapitaIncome" INTEGER,
    "housingGrade" TEXT,
    "waterSource" TEXT,
    "extra" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Member" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identity" TEXT NOT NULL,
    "householdId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "idNumber" TEXT,
    "idNumberHash" TEXT,
    "birthOn" TEXT,
    "sex" TEXT,
    "relation" TEXT,
    "phone" TEXT,
    "phoneHash" TEXT,
    "health" TEXT,
    "workStatus" TEXT,
    "workPlace" TEXT,
    "skills" TEXT,
    "careFlag" TEXT,
    "extra" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateIndex
CREATE UNIQUE INDEX "Case_number_key" ON "Case"("number");

-- CreateIndex
CREATE UNIQUE INDEX "Case_openKey_key" ON "Case"("openKey");

-- CreateIndex
CREATE INDEX "Case_territoryId_idx" ON "Case"("territoryId");

-- CreateIndex
CREATE INDEX "Case_assigneeId_idx" ON "Case"("assigneeId");

-- CreateIndex
CREATE INDEX "Case_identityId_idx" ON "Case"("identityId");

-- CreateIndex
CREATE INDEX "Case_openedAt_idx" ON "Case"("openedAt");

-- CreateIndex
CREATE INDEX "CaseEvent_caseId_idx" ON "CaseEvent"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "VisitPlan_number_key" ON "VisitPlan"("number");

-- CreateIndex
CREATE UNIQUE INDEX "VisitPlan_openKey_key" ON "VisitPlan"("openKey");

-- CreateIndex
CREATE INDEX "VisitPlan_householdId_idx" ON "VisitPlan"("householdId");

-- CreateIndex
CREATE INDEX "VisitPlan_assigneeId_idx" ON "VisitPlan"("assigneeId");

-- CreateIndex
CREATE INDEX "Visit_householdId_idx" ON "Visit"("householdId");

-- CreateIndex
CREATE INDEX "Visit_visitedOn_idx" ON "Visit"("visitedOn");

-- CreateIndex
CREATE INDEX "Watch_nextDueAt_idx" ON "Watch"("nextDueAt");

-- CreateIndex
CREATE INDEX "Watch_territoryId_idx" ON "Watch"("territoryId");

-- CreateIndex
CREATE UNIQUE INDEX "Watch_rule_subjectId_key" ON "Watch"("rule", "subjectId");

-- CreateIndex
CREATE INDEX "Reminder_number_idx" ON "Reminder"("number");

-- CreateIndex
CREATE INDEX "Reminder_outboxId_idx" ON "Reminder"("outboxId");

-- CreateIndex
CREATE UNIQUE INDEX "Course_identity_key" ON "Course"("identity");

-- CreateIndex
CREATE INDEX "Course_startsOn_idx" ON "Course"("startsOn");

-- CreateIndex
CREATE UNIQUE INDEX "Enrolment_openKey_key" ON "Enrolment"("openKey");

-- CreateIndex
CREATE INDEX "Enrolment_courseId_idx" ON "Enrolment"("courseId");

-- CreateIndex
CREATE UNIQUE INDEX "Seeker_openKey_key" ON "Seeker"("openKey");

-- CreateIndex
CREATE UNIQUE INDEX "Conversation_openKey_key" ON "Conversation"("openKey");

-- CreateIndex
CREATE INDEX "Conversation_wakeAt_idx" ON "Conversation"("wakeAt") WHERE "wakeAt" IS NOT NULL;

-- CreateIndex
CREATE INDEX "Conversation_identityId_idx" ON "Conversation"("identityId");

-- CreateIndex
CREATE INDEX "Answer_conversationId_idx" ON "Answer"("conversationId");

-- CreateIndex
CREATE INDEX "Inbox_state_idx" ON "Inbox"("state") WHERE "state" <> 'done';

-- CreateIndex
CREATE INDEX "Outbox_dueAt_idx" ON "Outbox"("dueAt") WHERE "dueAt" IS NOT NULL;

-- CreateIndex
CREATE INDEX "Outbox_unsettled_idx" ON "Outbox"("channel", "chat", "id") WHERE "dueAt" IS NOT NULL;

-- CreateIndex
CREATE INDEX "Outbox_transcript_idx" ON "Outbox"("channel", "chat", "id") WHERE "channel" = 'web';

-- CreateIndex
CREATE UNIQUE INDEX "Submission_conversationId_key" ON "Submission"("conversationId");

-- CreateIndex
CREATE INDEX "Submission_flow_submittedAt_idx" ON "Submission"("flow", "submittedAt");

-- CreateIndex
CREATE INDEX "Submission_identityId_idx" ON "Submission"("identityId");

-- CreateIndex
CREATE INDEX "Submission_submittedAt_idx" ON "Submission"("submittedAt");

-- CreateIndex
CREATE INDEX "AuditEntry_subject_idx" ON "AuditEntry"("subject");

-- CreateIndex
CREATE INDEX "AuditEntry_chain_idx" ON "AuditEntry"("chain");

-- CreateIndex
CREATE UNIQUE INDEX "Territory_path_key" ON "Territory"("path");

-- CreateIndex
CREATE UNIQUE INDEX "Territory_chatCode_key" ON "Territory"("chatCode");

-- CreateIndex
CREATE INDEX "Territory_parentId_idx" ON "Territory"("parentId");

-- CreateIndex
CREATE INDEX "Territory_level_idx" ON "Territory"("level");

-- CreateIndex
CREATE INDEX "Staff_phoneHash_idx" ON "Staff"("phoneHash");

-- CreateIndex
CREATE INDEX "Staff_name_idx" ON "Staff"("name");

-- CreateIndex
CREATE INDEX "StaffRole_territoryId_role_idx" ON "StaffRole"("territoryId", "role");

-- CreateIndex
CREATE UNIQUE INDEX "StaffRole_staffId_role_territoryId_key" ON "StaffRole"("staffId", "role", "territoryId");

-- CreateIndex
CREATE INDEX "ChatIdentity_staffId_idx" ON "ChatIdentity"("staffId");

-- CreateIndex
CREATE UNIQUE INDEX "ChatIdentity_channel_user_key" ON "ChatIdentity"("channel", "user");

-- CreateIndex
CREATE INDEX "Profile_identityId_idx" ON "Profile"("identityId");

-- CreateIndex
CREATE INDEX "Profile_phoneHash_idx" ON "Profile"("phoneHash");

-- CreateIndex
CREATE UNIQUE INDEX "GroupChat_pageCode_key" ON "GroupChat"("pageCode");

-- CreateIndex
CREATE INDEX "GroupChat_territoryId_idx" ON "GroupChat"("territoryId");

-- CreateIndex
CREATE UNIQUE INDEX "GroupChat_channel_chat_key" ON "GroupChat"("channel", "chat");

-- CreateIndex
CREATE UNIQUE INDEX "Household_identity_key" ON "Household"("identity");

-- CreateIndex
CREATE INDEX "Household_territoryId_idx" ON "Household"("territoryId");

-- CreateIndex
CREATE INDEX "Household_helperId_idx" ON "Household"("helperId");

-- CreateIndex
CREATE INDEX "Household_key_idx" ON "Household"("key");

-- CreateIndex
CREATE INDEX "Household_head_idx" ON "Household"("head");

-- CreateIndex
CREATE INDEX "Household_headPinyin_idx" ON "Household"("headPinyin");

-- CreateIndex
CREATE INDEX "Household_headInitials_idx" ON "Household"("headInitials");

-- CreateIndex
CREATE UNIQUE INDEX "Member_identity_key" ON "Member"("identity");

-- CreateIndex
CREATE INDEX "Member_householdId_idx" ON "Member"("householdId");
