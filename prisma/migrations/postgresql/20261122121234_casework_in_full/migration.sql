-- AlterTable
ALTER TABLE "Case" ADD COLUMN     "firstLeadOn" TEXT,
ADD COLUMN     "hard" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "listedAt" TIMESTAMP(3),
ADD COLUMN     "mergedIntoId" TEXT,
ADD COLUMN     "monitoredType" TEXT,
ADD COLUMN     "riskRules" TEXT,
ADD COLUMN     "seenFrom" TEXT;

-- AlterTable
ALTER TABLE "VisitPlan" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "caseId" TEXT,
ADD COLUMN     "memberId" TEXT,
ADD COLUMN     "subjectKind" TEXT NOT NULL DEFAULT 'household',
ALTER COLUMN "householdId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Visit" ADD COLUMN     "memberId" TEXT,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "undoneAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Household" ADD COLUMN     "closedOn" TEXT,
ADD COLUMN     "mutedFor" TEXT,
ADD COLUMN     "mutedUntil" TEXT;

-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "diedOn" TEXT;

-- CreateTable
CREATE TABLE "Task" (
    "id" TEXT NOT NULL,
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
    "createdAt" TIMESTAMP(3) NOT NULL,
    "closedAt" TIMESTAMP(3),
    "outcome" TEXT,
    "closedById" TEXT,
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Measure" (
    "id" TEXT NOT NULL,
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
    "createdAt" TIMESTAMP(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Measure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Confirmation" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "refId" TEXT,
    "staffId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "answeredAt" TIMESTAMP(3),
    "reason" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Confirmation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Referral" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "department" TEXT,
    "fromId" TEXT,
    "toId" TEXT,
    "territoryId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "dueOn" TEXT,
    "note" TEXT,
    "at" TIMESTAMP(3) NOT NULL,
    "answeredAt" TIMESTAMP(3),
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Referral_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ComparisonRound" (
    "id" TEXT NOT NULL,
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
    "importedAt" TIMESTAMP(3) NOT NULL,
    "releasedAt" TIMESTAMP(3),
    "releasedById" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ComparisonRound_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ComparisonRow" (
    "id" TEXT NOT NULL,
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
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ComparisonRow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SiteQuarter" (
    "id" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "quarter" TEXT NOT NULL,
    "figures" JSONB NOT NULL,
    "flags" TEXT NOT NULL,
    "submissionId" TEXT NOT NULL,
    "staffId" TEXT,
    "at" TIMESTAMP(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "SiteQuarter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CalendarDay" (
    "id" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "territoryId" TEXT,
    "kind" TEXT NOT NULL,
    "name" TEXT,
    "source" TEXT,
    "enteredAt" TIMESTAMP(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "CalendarDay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Cover" (
    "id" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "byStaffId" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "toOn" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Cover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BindCode" (
    "id" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),
    "identityId" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "BindCode_pkey" PRIMARY KEY ("id")
);

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

-- CreateIndex
CREATE INDEX "Case_householdId_idx" ON "Case"("householdId");

-- CreateIndex
CREATE INDEX "VisitPlan_memberId_idx" ON "VisitPlan"("memberId");

-- CreateIndex
CREATE INDEX "VisitPlan_caseId_idx" ON "VisitPlan"("caseId");

-- CreateIndex
CREATE INDEX "VisitPlan_territoryId_idx" ON "VisitPlan"("territoryId");

-- CreateIndex
CREATE INDEX "Visit_staffId_loggedAt_idx" ON "Visit"("staffId", "loggedAt");

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
