-- AlterTable
ALTER TABLE "Household" ADD COLUMN "closedOn" TEXT;
ALTER TABLE "Household" ADD COLUMN "mutedFor" TEXT;
ALTER TABLE "Household" ADD COLUMN "mutedUntil" TEXT;

-- AlterTable
ALTER TABLE "Member" ADD COLUMN "diedOn" TEXT;

-- CreateTable
CREATE TABLE "Task" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "caseId" TEXT,
    "householdId" TEXT,
    "territoryId" TEXT NOT NULL,
    "assigneeId" TEXT,
    "refId" TEXT,
    "detail" TEXT,
    "dueOn" TEXT NOT NULL,
    "seenFrom" TEXT,
    "createdAt" DATETIME NOT NULL,
    "closedAt" DATETIME,
    "outcome" TEXT,
    "closedById" TEXT,
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Measure" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT,
    "householdId" TEXT,
    "territoryId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "department" TEXT,
    "ownerId" TEXT,
    "dueOn" TEXT,
    "state" TEXT NOT NULL,
    "doneOn" TEXT,
    "amount" INTEGER,
    "proof" TEXT,
    "note" TEXT,
    "createdById" TEXT,
    "createdAt" DATETIME NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Confirmation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "refId" TEXT,
    "staffId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "answeredAt" DATETIME,
    "reason" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Referral" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT NOT NULL,
    "department" TEXT,
    "fromId" TEXT,
    "toId" TEXT,
    "territoryId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "dueOn" TEXT,
    "note" TEXT,
    "at" DATETIME NOT NULL,
    "answeredAt" DATETIME,
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "ComparisonRound" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "round" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "matched" INTEGER NOT NULL,
    "belowThreshold" INTEGER NOT NULL,
    "candidates" INTEGER NOT NULL,
    "alreadyKnown" INTEGER NOT NULL,
    "opened" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "threshold" INTEGER,
    "importedAt" DATETIME NOT NULL,
    "releasedAt" DATETIME,
    "releasedById" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "ComparisonRow" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "roundId" TEXT NOT NULL,
    "rowHash" TEXT NOT NULL,
    "name" TEXT,
    "idNumberHash" TEXT,
    "idNumber" TEXT,
    "territoryId" TEXT,
    "householdId" TEXT,
    "memberId" TEXT,
    "caseId" TEXT,
    "amount" INTEGER,
    "happenedOn" TEXT,
    "note" TEXT,
    "state" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "SiteQuarter" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "siteId" TEXT NOT NULL,
    "quarter" TEXT NOT NULL,
    "figures" JSONB NOT NULL,
    "flags" TEXT NOT NULL,
    "submissionId" TEXT NOT NULL,
    "staffId" TEXT,
    "at" DATETIME NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "CalendarDay" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "date" TEXT NOT NULL,
    "territoryId" TEXT,
    "kind" TEXT NOT NULL,
    "name" TEXT,
    "source" TEXT,
    "enteredAt" DATETIME NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Cover" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "staffId" TEXT NOT NULL,
    "byStaffId" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "toOn" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "BindCode" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "staffId" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    "identityId" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Case" (
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
    "firstLeadOn" TEXT,
    "hard" BOOLEAN NOT NULL DEFAULT false,
    "riskRules" TEXT,
    "monitoredType" TEXT,
    "mergedIntoId" TEXT,
    "seenFrom" TEXT,
    "listedAt" DATETIME,
    "acknowledgedAt" DATETIME,
    "openedAt" DATETIME NOT NULL,
    "closedAt" DATETIME,
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "new_Case" ("acknowledgedAt", "assigneeId", "closedAt", "decideBy", "decidedOn", "householdId", "id", "identityId", "kind", "lateReason", "leadOn", "number", "openKey", "openedAt", "personName", "profileId", "revision", "risk", "source", "stage", "stageDueOn", "stageEnteredOn", "submissionId", "territoryId", "urgency") SELECT "acknowledgedAt", "assigneeId", "closedAt", "decideBy", "decidedOn", "householdId", "id", "identityId", "kind", "lateReason", "leadOn", "number", "openKey", "openedAt", "personName", "profileId", "revision", "risk", "source", "stage", "stageDueOn", "stageEnteredOn", "submissionId", "territoryId", "urgency" FROM "Case";
DROP TABLE "Case";
ALTER TABLE "new_Case" RENAME TO "Case";
CREATE UNIQUE INDEX "Case_number_key" ON "Case"("number");
CREATE UNIQUE INDEX "Case_openKey_key" ON "Case"("openKey");
CREATE INDEX "Case_territoryId_idx" ON "Case"("territoryId");
CREATE INDEX "Case_assigneeId_idx" ON "Case"("assigneeId");
CREATE INDEX "Case_identityId_idx" ON "Case"("identityId");
CREATE INDEX "Case_openedAt_idx" ON "Case"("openedAt");
CREATE INDEX "Case_householdId_idx" ON "Case"("householdId");
CREATE TABLE "new_VisitPlan" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "plan" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL DEFAULT 'household',
    "householdId" TEXT,
    "memberId" TEXT,
    "caseId" TEXT,
    "territoryId" TEXT NOT NULL,
    "assigneeId" TEXT,
    "mode" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "number" TEXT,
    "openKey" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "closedOn" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "new_VisitPlan" ("assigneeId", "closedOn", "dueOn", "householdId", "id", "mode", "number", "openKey", "plan", "revision", "territoryId") SELECT "assigneeId", "closedOn", "dueOn", "householdId", "id", "mode", "number", "openKey", "plan", "revision", "territoryId" FROM "VisitPlan";
DROP TABLE "VisitPlan";
ALTER TABLE "new_VisitPlan" RENAME TO "VisitPlan";
CREATE UNIQUE INDEX "VisitPlan_number_key" ON "VisitPlan"("number");
CREATE UNIQUE INDEX "VisitPlan_openKey_key" ON "VisitPlan"("openKey");
CREATE INDEX "VisitPlan_householdId_idx" ON "VisitPlan"("householdId");
CREATE INDEX "VisitPlan_assigneeId_idx" ON "VisitPlan"("assigneeId");
CREATE INDEX "VisitPlan_memberId_idx" ON "VisitPlan"("memberId");
CREATE INDEX "VisitPlan_caseId_idx" ON "VisitPlan"("caseId");
CREATE INDEX "VisitPlan_territoryId_idx" ON "VisitPlan"("territoryId");
CREATE TABLE "new_Visit" (
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
    "memberId" TEXT,
    "loggedAt" DATETIME NOT NULL,
    "undoneAt" DATETIME,
    "revision" INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "new_Visit" ("attempt", "changes", "gaps", "householdId", "id", "late", "loggedAt", "measures", "met", "mode", "nextOn", "number", "planId", "staffId", "submissionId", "territoryId", "visitedOn", "wish") SELECT "attempt", "changes", "gaps", "householdId", "id", "late", "loggedAt", "measures", "met", "mode", "nextOn", "number", "planId", "staffId", "submissionId", "territoryId", "visitedOn", "wish" FROM "Visit";
DROP TABLE "Visit";
ALTER TABLE "new_Visit" RENAME TO "Visit";
CREATE INDEX "Visit_householdId_idx" ON "Visit"("householdId");
CREATE INDEX "Visit_visitedOn_idx" ON "Visit"("visitedOn");
CREATE INDEX "Visit_staffId_loggedAt_idx" ON "Visit"("staffId", "loggedAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "Task_number_key" ON "Task"("number");

-- CreateIndex
CREATE UNIQUE INDEX "Task_openKey_key" ON "Task"("openKey");

-- CreateIndex
CREATE INDEX "Task_assigneeId_idx" ON "Task"("assigneeId");

-- CreateIndex
CREATE INDEX "Task_caseId_idx" ON "Task"("caseId");

-- CreateIndex
CREATE INDEX "Task_householdId_idx" ON "Task"("householdId");

-- CreateIndex
CREATE INDEX "Task_territoryId_idx" ON "Task"("territoryId");

-- CreateIndex
CREATE INDEX "Measure_caseId_idx" ON "Measure"("caseId");

-- CreateIndex
CREATE INDEX "Measure_householdId_idx" ON "Measure"("householdId");

-- CreateIndex
CREATE INDEX "Measure_ownerId_idx" ON "Measure"("ownerId");

-- CreateIndex
CREATE INDEX "Confirmation_caseId_idx" ON "Confirmation"("caseId");

-- CreateIndex
CREATE INDEX "Confirmation_staffId_idx" ON "Confirmation"("staffId");

-- CreateIndex
CREATE UNIQUE INDEX "Referral_openKey_key" ON "Referral"("openKey");

-- CreateIndex
CREATE INDEX "Referral_caseId_idx" ON "Referral"("caseId");

-- CreateIndex
CREATE INDEX "Referral_toId_idx" ON "Referral"("toId");

-- CreateIndex
CREATE UNIQUE INDEX "ComparisonRound_round_source_kind_key" ON "ComparisonRound"("round", "source", "kind");

-- CreateIndex
CREATE INDEX "ComparisonRow_householdId_idx" ON "ComparisonRow"("householdId");

-- CreateIndex
CREATE UNIQUE INDEX "ComparisonRow_roundId_rowHash_key" ON "ComparisonRow"("roundId", "rowHash");

-- CreateIndex
CREATE UNIQUE INDEX "SiteQuarter_submissionId_key" ON "SiteQuarter"("submissionId");

-- CreateIndex
CREATE UNIQUE INDEX "SiteQuarter_siteId_quarter_key" ON "SiteQuarter"("siteId", "quarter");

-- CreateIndex
CREATE INDEX "CalendarDay_date_idx" ON "CalendarDay"("date");

-- CreateIndex
CREATE INDEX "Cover_staffId_idx" ON "Cover"("staffId");

-- CreateIndex
CREATE INDEX "Cover_byStaffId_idx" ON "Cover"("byStaffId");

-- CreateIndex
CREATE UNIQUE INDEX "BindCode_codeHash_key" ON "BindCode"("codeHash");

-- CreateIndex
CREATE INDEX "BindCode_staffId_idx" ON "BindCode"("staffId");
