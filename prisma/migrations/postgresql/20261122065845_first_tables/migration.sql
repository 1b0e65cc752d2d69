-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Case" (
    "id" TEXT NOT NULL,
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
    "acknowledgedAt" TIMESTAMP(3),
    "openedAt" TIMESTAMP(3) NOT NULL,
    "closedAt" TIMESTAMP(3),
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseEvent" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "actorId" TEXT,
    "what" TEXT NOT NULL,
    "detail" TEXT,

    CONSTRAINT "CaseEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VisitPlan" (
    "id" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "householdId" TEXT NOT NULL,
    "territoryId" TEXT NOT NULL,
    "assigneeId" TEXT,
    "mode" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "number" TEXT,
    "openKey" TEXT,
    "closedOn" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "VisitPlan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Visit" (
    "id" TEXT NOT NULL,
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
    "loggedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Watch" (
    "id" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "territoryId" TEXT NOT NULL,
    "rung" INTEGER NOT NULL,
    "repeats" INTEGER NOT NULL,
    "nextDueAt" TIMESTAMP(3),
    "firstSeenAt" TIMESTAMP(3),
    "lastSentAt" TIMESTAMP(3),
    "closedAt" TIMESTAMP(3),
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Watch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reminder" (
    "id" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "rung" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "outboxId" TEXT,
    "plannedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Course" (
    "id" TEXT NOT NULL,
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
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Course_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Enrolment" (
    "id" TEXT NOT NULL,
    "courseId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "profileId" TEXT,
    "submissionId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "enrolledAt" TIMESTAMP(3) NOT NULL,
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Enrolment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Seeker" (
    "id" TEXT NOT NULL,
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
    "registeredAt" TIMESTAMP(3) NOT NULL,
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Seeker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Conversation" (
    "id" TEXT NOT NULL,
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
    "startedAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "wakeAt" TIMESTAMP(3),
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Answer" (
    "id" SERIAL NOT NULL,
    "conversationId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "approximate" BOOLEAN NOT NULL,
    "attempt" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Inbox" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "error" TEXT,

    CONSTRAINT "Inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "dueAt" TIMESTAMP(3),
    "attempts" INTEGER NOT NULL,
    "leaseToken" TEXT,
    "error" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "sentAt" TIMESTAMP(3),

    CONSTRAINT "Outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutboxLane" (
    "id" TEXT NOT NULL,
    "leaseToken" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "OutboxLane_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Submission" (
    "id" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "flowVersion" INTEGER NOT NULL,
    "identityId" TEXT NOT NULL,
    "profileId" TEXT,
    "staffId" TEXT,
    "territoryId" TEXT,
    "answers" TEXT NOT NULL,
    "matter" TEXT,
    "submittedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Media" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Media_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FlowVersion" (
    "id" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "FlowVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CronFire" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "CronFire_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NumberBlock" (
    "id" TEXT NOT NULL,
    "next" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "NumberBlock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "territoryId" TEXT,
    "value" JSONB NOT NULL,
    "enteredBy" TEXT,
    "source" TEXT,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" SERIAL NOT NULL,
    "chain" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Leader" (
    "id" TEXT NOT NULL,
    "token" TEXT,
    "until" TIMESTAMP(3),
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Leader_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Territory" (
    "id" TEXT NOT NULL,
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
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Territory_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Staff" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT,
    "phoneHash" TEXT,
    "position" TEXT,
    "leftOn" TEXT,
    "extra" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffRole" (
    "id" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "territoryId" TEXT NOT NULL,

    CONSTRAINT "StaffRole_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChatIdentity" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "staffId" TEXT,
    "profileId" TEXT,
    "language" TEXT,
    "villageId" TEXT,
    "mutedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ChatIdentity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Profile" (
    "id" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "name" TEXT,
    "phone" TEXT,
    "phoneHash" TEXT,
    "territoryId" TEXT,
    "consentVersion" TEXT,
    "consentAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Profile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupChat" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "territoryId" TEXT NOT NULL,
    "purposes" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "webhook" TEXT,
    "secret" TEXT,
    "pageCode" TEXT NOT NULL,
    "extra" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "GroupChat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Household" (
    "id" TEXT NOT NULL,
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
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Household_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" TEXT NOT NULL,
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
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
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
CREATE INDEX "Conversation_wakeAt_idx" ON "Conversation"("wakeAt") WHERE ("wakeAt" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Conversation_identityId_idx" ON "Conversation"("identityId");

-- CreateIndex
CREATE INDEX "Answer_conversationId_idx" ON "Answer"("conversationId");

-- CreateIndex
CREATE INDEX "Inbox_state_idx" ON "Inbox"("state") WHERE ("state" <> 'done');

-- CreateIndex
CREATE INDEX "Outbox_dueAt_idx" ON "Outbox"("dueAt") WHERE ("dueAt" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Outbox_unsettled_idx" ON "Outbox"("channel", "chat", "id") WHERE ("dueAt" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Outbox_transcript_idx" ON "Outbox"("channel", "chat", "id") WHERE ("channel" = 'web');

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

-- Compare texts by code point
DO $$
DECLARE found record;
BEGIN
  FOR found IN
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
      AND table_name <> '_prisma_migrations'
  LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE TEXT COLLATE "C"', found.table_name, found.column_name);
  END LOOP;
END $$;
