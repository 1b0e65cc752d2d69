-- CreateTable
CREATE TABLE "Feedback" (
    "id" TEXT NOT NULL,
    "caseId" TEXT,
    "territoryId" TEXT,
    "submissionId" TEXT NOT NULL,
    "solved" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "came" TEXT NOT NULL,
    "comment" TEXT,
    "reopenAsked" BOOLEAN NOT NULL,
    "spotCheck" BOOLEAN NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Feedback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" TEXT NOT NULL,
    "caseId" TEXT,
    "householdId" TEXT,
    "territoryId" TEXT NOT NULL,
    "submissionId" TEXT NOT NULL,
    "staffIds" TEXT NOT NULL,
    "visitedOn" TEXT NOT NULL,
    "authorisation" TEXT NOT NULL,
    "persons" INTEGER NOT NULL,
    "income" INTEGER NOT NULL,
    "cost" INTEGER NOT NULL,
    "rigid" INTEGER NOT NULL,
    "perCapita" INTEGER NOT NULL,
    "gaps" TEXT NOT NULL,
    "dibao" TEXT NOT NULL,
    "selfCope" TEXT NOT NULL,
    "causes" TEXT NOT NULL,
    "monitoredType" TEXT,
    "result" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Verification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Feedback_submissionId_key" ON "Feedback"("submissionId");

-- CreateIndex
CREATE INDEX "Feedback_caseId_idx" ON "Feedback"("caseId");

-- CreateIndex
CREATE INDEX "Feedback_territoryId_idx" ON "Feedback"("territoryId");

-- CreateIndex
CREATE UNIQUE INDEX "Verification_submissionId_key" ON "Verification"("submissionId");

-- CreateIndex
CREATE INDEX "Verification_caseId_idx" ON "Verification"("caseId");

-- CreateIndex
CREATE INDEX "Verification_householdId_idx" ON "Verification"("householdId");

-- CreateIndex
CREATE INDEX "Verification_territoryId_idx" ON "Verification"("territoryId");

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
