# The same resources as apps/aws-lambda/template.yaml: a function with a public URL and a DynamoDB table.
#   npm run build:lambda
#   terraform -chdir=deploy/terraform init && terraform -chdir=deploy/terraform apply
terraform {
  required_version = ">= 1.6"
  required_providers {
    aws     = { source = "hashicorp/aws", version = ">= 6.28" }
    archive = { source = "hashicorp/archive", version = ">= 2.4" }
  }
}

variable "name" {
  type    = string
  default = "sessionhook"
}

variable "settings_secret" {
  type        = string
  default     = "sessionhook"
  description = "Name of a secret in Secrets Manager with the keys SESSIONHOOK_SECRETS and SESSIONHOOK_ADMIN_TOKEN"
}

variable "retention_days" {
  type        = number
  default     = 0
  description = "Days after which DynamoDB removes events; 0 stores them without limit"
}

variable "log_retention_days" {
  type    = number
  default = 30
}

data "aws_secretsmanager_secret_version" "settings" {
  secret_id = var.settings_secret
}

data "archive_file" "function" {
  type        = "zip"
  source_dir  = "${path.module}/../../apps/aws-lambda/dist/function"
  output_path = "${path.module}/.terraform/function.zip"
}

locals {
  settings = jsondecode(data.aws_secretsmanager_secret_version.settings.secret_string)
  address  = "dynamodb:${aws_dynamodb_table.events.name}"
  summary  = ["version", "type", "status", "receivedAt", "attemptTimestamp", "size", "duplicates"]
  keys     = ["arrival", "id", "byShard", "byStatus", "byType"]
  indexes = {
    "newest"           = ["byShard", "arrival"]
    "newest-by-status" = ["byStatus", "arrival"]
    "newest-by-type"   = ["byType", "arrival"]
    "ids"              = ["byShard", "id"]
  }
}

resource "aws_dynamodb_table" "events" {
  name                        = "${var.name}-events"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = true

  dynamic "attribute" {
    for_each = concat(["pk", "sk"], local.keys)
    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = local.indexes
    content {
      name               = global_secondary_index.key
      hash_key           = global_secondary_index.value[0]
      range_key          = global_secondary_index.value[1]
      projection_type    = "INCLUDE"
      non_key_attributes = concat(local.summary, setsubtract(local.keys, global_secondary_index.value))
    }
  }

  ttl {
    attribute_name = "expires"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_iam_role" "function" {
  name = var.name
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "function" {
  name = "events-and-logs"
  role = aws_iam_role.function.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchWriteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
        Resource = aws_dynamodb_table.events.arn
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:Query"
        Resource = [aws_dynamodb_table.events.arn, "${aws_dynamodb_table.events.arn}/index/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.function.arn}:*"
      },
    ]
  })
}

resource "aws_lambda_function" "receiver" {
  function_name    = var.name
  role             = aws_iam_role.function.arn
  runtime          = "nodejs24.x"
  architectures    = ["arm64"]
  handler          = "handler.handler"
  memory_size      = 1024
  timeout          = 15
  filename         = data.archive_file.function.output_path
  source_code_hash = data.archive_file.function.output_base64sha256

  environment {
    variables = {
      SESSIONHOOK_SECRETS     = local.settings["SESSIONHOOK_SECRETS"]
      SESSIONHOOK_ADMIN_TOKEN = local.settings["SESSIONHOOK_ADMIN_TOKEN"]
      SESSIONHOOK_STORE = (
        var.retention_days == 0 ? local.address : "${local.address}?retentionDays=${var.retention_days}"
      )
    }
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.function.name
  }
}

# Senders prove themselves by their signature, people by the admin token.
resource "aws_lambda_function_url" "receiver" {
  function_name      = aws_lambda_function.receiver.function_name
  authorization_type = "NONE"
}

# Since October 2025 a public URL needs both permissions.
resource "aws_lambda_permission" "url" {
  statement_id           = "AllowUrl"
  function_name          = aws_lambda_function.receiver.function_name
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "invoke" {
  statement_id             = "AllowInvokeViaUrl"
  function_name            = aws_lambda_function.receiver.function_name
  action                   = "lambda:InvokeFunction"
  principal                = "*"
  invoked_via_function_url = true
}

output "inbox" {
  description = "Where people look at events; senders post to the same address followed by webhooks"
  value       = aws_lambda_function_url.receiver.function_url
}
